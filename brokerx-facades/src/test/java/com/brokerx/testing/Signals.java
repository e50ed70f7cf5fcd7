package com.brokerx.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What may happen to a process from outside. */
public final class Signals {

    private static final Duration SOON = Duration.ofSeconds(20);

    private Signals() {}

    /** As {@code kill -9}: no hook runs, nothing is flushed. Returns when the process is gone. */
    public static void kill(Process process) {
        process.destroyForcibly();
        Eventually.await("the process is gone", SOON, () -> !process.isAlive());
    }

    /** Stops the process where it stands, as a long pause of the machine would; it does not notice. */
    public static void freeze(Process process) {
        send("-STOP", process);
    }

    public static void thaw(Process process) {
        send("-CONT", process);
    }

    private static void send(String signal, Process process) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
