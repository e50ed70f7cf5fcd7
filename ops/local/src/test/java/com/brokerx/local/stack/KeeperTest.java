package com.brokerx.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps a real process running. */
class KeeperTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8));
    private Home home;
    private Keeper keeper;

    @BeforeEach
    void create() throws IOException {
        home = new Home(folder.toRealPath());
        home.create();
    }

    @AfterEach
    void stop() throws InterruptedException {
        keeper.stop();
        keeper.awaitEnd();
    }

    @Test
    void startsAProcessThatWasKilledAgain() throws IOException {
        keep(new Sleeper(home, "60"), new CountDownLatch(0));
        ProcessHandle first = awaitProcess(-1);
        first.destroyForcibly();
        ProcessHandle second = awaitProcess(first.pid());

        assertThat(second.isAlive()).isTrue();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("sleeper ended with status 137; starting it again");
    }

    @Test
    void endsTheProcessWhenItIsStopped() throws Exception {
        keep(new Sleeper(home, "60"), new CountDownLatch(0));
        ProcessHandle process = awaitProcess(-1);
        keeper.stop();
        keeper.awaitEnd();

        assertThat(process.isAlive()).isFalse();
        assertThat(home.pids()).isEmpty();
    }

    @Test
    void countsStartsThatFailedSoThatTheSupervisorCanGiveUp() {
        keep(new Sleeper(home, "0"), new CountDownLatch(0));

        assertThat(Processes.await(() -> keeper.failedStarts() >= 3, SOON)).isTrue();
    }

    @Test
    void startsNothingBeforeWhatItNeedsIsThere() throws IOException {
        CountDownLatch needed = new CountDownLatch(1);
        keep(new Sleeper(home, "60"), needed);
        assertThat(home.pids()).isEmpty();

        needed.countDown();
        assertThat(awaitProcess(-1).isAlive()).isTrue();
    }

    @Test
    void leftoversOfASupervisorThatWasKilledAreEndedAndStrangersAreNot() throws IOException {
        keep(new Sleeper(home, "60"), new CountDownLatch(0));
        ProcessHandle ours = awaitProcess(-1);
        home.pid("stranger").write(ProcessHandle.current().pid());
        keeper.stop();

        Leftovers.endIn(home, console);

        assertThat(Processes.await(() -> !ours.isAlive(), SOON)).isTrue();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
        assertThat(Files.exists(home.run().resolve("stranger.pid"))).isFalse();
    }

    private void keep(Part part, CountDownLatch mayStart) {
        keeper = new Keeper(part, home.pid(part.name()), console, mayStart);
        Thread.ofVirtual().start(keeper);
    }

    private ProcessHandle awaitProcess(long other) {
        ProcessHandle[] found = new ProcessHandle[1];
        assertThat(Processes.await(
                        () -> {
                            try {
                                found[0] = home.pid("sleeper").process().orElse(null);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                            return found[0] != null && found[0].pid() != other;
                        },
                        SOON))
                .isTrue();
        return found[0];
    }

    /** A shell that sleeps; the home's path stands in its command line, as with our own processes. */
    private record Sleeper(Home home, String seconds) implements Part {

        @Override
        public String name() {
            return "sleeper";
        }

        @Override
        public String address() {
            return "";
        }

        @Override
        public Process start() throws IOException {
            return new ProcessBuilder("sh", "-c", "sleep " + seconds + " # " + home.folder()).start();
        }

        @Override
        public boolean isHealthy() {
            return false;
        }

        @Override
        public void end(ProcessHandle process) {
            Processes.end(process, SOON);
        }
    }
}
