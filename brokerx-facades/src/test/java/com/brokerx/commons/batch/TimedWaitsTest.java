package com.brokerx.commons.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimedWaitsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final TimedWaits waits = new TimedWaits();

    @BeforeEach
    void start() {
        waits.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        waits.stop();
    }

    @Test
    void givesTheAnswerThatIsThereAndTheOneThatComes() throws Exception {
        CompletableFuture<String> coming = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> waiting = threads.submit(() -> waits.await(coming, LONG));
            coming.complete("late, but there");

            assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("late, but there");
        }
        assertThat(waits.await(CompletableFuture.completedFuture("there"), SHORT))
                .isEqualTo("there");
    }

    @Test
    void endsAWaitWhenItsLimitIsOverAndNotBefore() {
        long started = System.nanoTime();

        assertThatThrownBy(() -> waits.await(new CompletableFuture<>(), SHORT)).isInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void aLimitThatIsOverAlreadyEndsTheWaitToo() {
        assertThatThrownBy(() -> waits.await(new CompletableFuture<>(), Duration.ofSeconds(-1)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void aFailureIsNoLateAnswerEvenWhereItIsATimeoutItself() {
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new TimeoutException("of the work"));
        assertThatThrownBy(() -> waits.await(failed, LONG))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("of the work");

        CompletableFuture<String> failing = new CompletableFuture<>();
        Thread.startVirtualThread(() -> failing.completeExceptionally(new TimeoutException("of the work")));
        assertThatThrownBy(() -> waits.await(failing, LONG)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aThousandWaitsEndEachInItsOwnWay() throws Exception {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        List<Future<Integer>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                CompletableFuture<Integer> answer = new CompletableFuture<>();
                answers.add(answer);
                Duration limit = i % 2 == 0 ? LONG : SHORT;
                waiting.add(threads.submit(() -> waits.await(answer, limit)));
            }
            for (int i = 1; i < 1000; i += 2) {
                Future<Integer> late = waiting.get(i);
                assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
            }
            for (int i = 0; i < 1000; i += 2) {
                answers.get(i).complete(i);
                assertThat(waiting.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }
}
