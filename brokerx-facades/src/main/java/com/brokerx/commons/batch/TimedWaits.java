package com.brokerx.commons.batch;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Waits for answers that may not come in time, with one timer for all of them. A virtual thread that waits for a limited time hands its
 * limit to another thread and takes it back, which is dearer than the wait itself where nearly every answer comes in milliseconds and
 * limits are seconds. Here a limit is kept to {@value #TICK_MILLIS} ms.
 */
public final class TimedWaits implements Managed {

    private static final int TICK_MILLIS = 25;

    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final RepeatedTask timer =
            new RepeatedTask("timed-waits", Duration.ofMillis(TICK_MILLIS), this::endOverdue);

    /** Not a record: two waits are never the same. */
    private static final class Wait {
        private final CompletableFuture<?> answer;
        private final long deadlineNanos;
        private volatile boolean isOver;

        Wait(CompletableFuture<?> answer, long deadlineNanos) {
            this.answer = answer;
            this.deadlineNanos = deadlineNanos;
        }

        void endIfOverdue(long nowNanos) {
            if (nowNanos - deadlineNanos >= 0) {
                isOver = true;
                answer.completeExceptionally(new TimeoutException("no answer in time"));
            }
        }
    }

    @Override
    public void start() {
        timer.start();
    }

    @Override
    public void stop() throws InterruptedException {
        timer.stop();
    }

    /**
     * Returns the answer as soon as it is there.
     *
     * @param answer is completed with the {@link TimeoutException} when it does not come, so nobody else should wait for it
     * @throws ExecutionException when there is a failure instead
     * @throws TimeoutException when the limit is over
     */
    public <T> T await(CompletableFuture<T> answer, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (answer.isDone()) {
            return answer.get();
        }
        Wait wait = new Wait(answer, System.nanoTime() + limit.toNanos());
        waits.add(wait);
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            if (wait.isOver && failed.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw failed;
        } finally {
            waits.remove(wait);
        }
    }

    private void endOverdue() {
        long now = System.nanoTime();
        waits.forEach(wait -> wait.endIfOverdue(now));
    }
}
