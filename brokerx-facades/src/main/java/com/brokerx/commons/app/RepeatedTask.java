package com.brokerx.commons.app;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own, from the start of the application to its stop. A failure is logged and does not
 * end it.
 */
public final class RepeatedTask implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

    /** A run that takes longer than this is left behind when the application stops. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final Duration first;
    private final Duration rest;
    private final Runnable task;
    private final ScheduledExecutorService thread;
    private volatile Future<?> schedule;

    /**
     * A task that does not run yet.
     *
     * @param name of the thread, and in the log
     * @param rest between the end of one run and the beginning of the next
     */
    public RepeatedTask(String name, Duration rest, Runnable task) {
        this(name, Duration.ZERO, rest, task);
    }

    /** @param first between the start of the application and that of the first run */
    public RepeatedTask(String name, Duration first, Duration rest, Runnable task) {
        this.name = name;
        this.first = first;
        this.rest = rest;
        this.task = task;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    @Override
    public void start() {
        schedule =
                thread.scheduleWithFixedDelay(this::runQuietly, first.toNanos(), rest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends after the run that is under way, for which it waits as long as a rest lasts, a second at least and five at most. */
    @Override
    public void stop() throws InterruptedException {
        if (schedule != null) {
            schedule.cancel(false);
        }
        thread.shutdown();
        long patience = Math.clamp(rest.toMillis(), 1_000, LONGEST_WAIT.toMillis());
        if (!thread.awaitTermination(patience, TimeUnit.MILLISECONDS)) {
            LOG.warn("{} is still at work and is left behind", name);
        }
    }

    /** Has it run once more as soon as its thread is free. */
    public void runSoon() {
        thread.execute(this::runQuietly);
    }

    /** Has its thread do something else in between. */
    public void execute(Runnable other) {
        thread.execute(() -> quietly(other));
    }

    private void runQuietly() {
        quietly(task);
    }

    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("{} failed; trying again", name, failed);
        }
    }
}
