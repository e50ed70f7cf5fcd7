package com.brokerx.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps one part running: starts it, waits for its end, and starts it again, each time a little later. */
final class Keeper implements Runnable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration STEADY = Duration.ofSeconds(60);

    private final Part part;
    private final PidFile pidFile;
    private final Console console;
    private final CountDownLatch mayStart;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean wasHealthy;
    private final AtomicInteger failedStarts = new AtomicInteger();
    private Duration pause = FIRST_PAUSE;

    /** @param mayStart opened when what the part needs is there */
    Keeper(Part part, PidFile pidFile, Console console, CountDownLatch mayStart) {
        this.part = part;
        this.pidFile = pidFile;
        this.console = console;
        this.mayStart = mayStart;
    }

    Part part() {
        return part;
    }

    /** How often the part ended before it was healthy for the first time. */
    int failedStarts() {
        return failedStarts.get();
    }

    boolean isHealthy() {
        boolean healthy = part.isHealthy();
        wasHealthy |= healthy;
        return healthy;
    }

    @Override
    public void run() {
        try {
            mayStart.await();
            while (!isStopping()) {
                keepOnce();
            }
            pidFile.delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            console.say("%s: %s", part.name(), e.getMessage());
        } finally {
            ended.countDown();
        }
    }

    private void keepOnce() throws InterruptedException {
        Instant began = Instant.now();
        String outcome = startAndWait();
        if (isStopping()) {
            return;
        }
        if (!wasHealthy) {
            failedStarts.incrementAndGet();
        }
        if (began.plus(STEADY).isBefore(Instant.now())) {
            pause = FIRST_PAUSE;
        }
        console.say("%s %s; starting it again", part.name(), outcome);
        stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private String startAndWait() throws InterruptedException {
        try {
            Process process = part.start();
            pidFile.write(process.pid());
            awaitEnd(process);
            return "ended with status " + process.exitValue();
        } catch (IOException e) {
            return "could not be started: " + e.getMessage();
        }
    }

    private void awaitEnd(Process process) throws InterruptedException {
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            if (isStopping()) {
                part.end(process.toHandle());
                process.waitFor();
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    void stop() {
        stopping.countDown();
        mayStart.countDown();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }
}
