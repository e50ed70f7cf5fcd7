package com.brokerx.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** What the JDK leaves out about processes that are not our children. */
public final class Processes {

    private static final Duration POLL = Duration.ofMillis(50);

    private Processes() {}

    /**
     * The command in a session of its own, so that Ctrl-C in the terminal reaches the supervisor alone, which then ends
     * the others in their order. Without the program {@code setsid}, as on macOS, it reaches all of them.
     */
    static List<String> inOwnSession(List<String> command) throws InterruptedException {
        List<String> whole = new ArrayList<>();
        if (succeeds("setsid", "true")) {
            whole.add("setsid");
        }
        whole.addAll(command);
        return whole;
    }

    /** False where there is no such program. */
    public static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** False for a zombie too: where nobody reaps orphans (a container without an init), a dead one keeps its pid. */
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // gone meanwhile, or a system without /proc, whose init reaps
        }
    }

    /** Asks a process to end and, when it has not ended in time, kills it. */
    static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        if (!await(() -> !isAlive(process), patience)) {
            process.destroyForcibly();
            await(() -> !isAlive(process), patience);
        }
    }

    /** PostgreSQL's fast shutdown: sessions are ended, everything is written. */
    static void interrupt(ProcessHandle process, Duration patience) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .get(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("kill -INT " + process.pid() + " did not work", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!await(() -> !isAlive(process), patience)) {
            process.destroyForcibly();
            await(() -> !isAlive(process), patience);
        }
    }

    /** Waits until the condition holds; false when it does not within the time or the thread is interrupted. */
    static boolean await(BooleanSupplier condition, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
