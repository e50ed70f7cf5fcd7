package com.brokerx.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes stand in for the parts; the monolith's health check answers from here. */
class StatusTest {

    private static final int MONOLITH_ADMIN_PORT = 3100;
    private static final long NO_PROCESS = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private volatile int health = 200;
    private HttpServer admin;
    private Home home;

    @BeforeEach
    void prepare() throws IOException {
        home = new Home(folder.toRealPath());
        home.create();
        admin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        admin.createContext("/healthcheck", exchange -> {
            exchange.sendResponseHeaders(health, -1);
            exchange.close();
        });
        admin.start();
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        admin.stop(0);
    }

    @Test
    void nothingThatRunsIsNotHealthy() throws IOException {
        Outcome outcome = status();

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.text()).contains("BrokerX is not running in " + home.folder());
    }

    @Test
    void aMonolithAloneIsAllThatThereIsToBe() throws IOException {
        start("monolith-supervisor");
        start("monolith");

        Outcome outcome = status();

        assertThat(outcome.states()).containsExactly("monolith-supervisor running", "monolith healthy");
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void aMonolithThatDoesNotAnswerIsUnhealthy() throws IOException {
        health = 500;
        start("monolith-supervisor");
        start("monolith");

        Outcome outcome = status();

        assertThat(outcome.states()).containsExactly("monolith-supervisor running", "monolith unhealthy");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void theDatabaseOfAMonolithAloneIsMeantToRunToo() throws IOException {
        start("monolith-supervisor");
        start("monolith");
        home.pid("postgres-brokerx").write(NO_PROCESS);

        Outcome outcome = status();

        assertThat(outcome.states())
                .containsExactly("monolith-supervisor running", "postgres-brokerx dead", "monolith healthy");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void aSupervisorThatLivesStartsWhatIsNotThereYet() throws IOException {
        start("supervisor");
        home.pid("clients").write(NO_PROCESS);

        Outcome outcome = status();

        assertThat(outcome.states())
                .containsExactly(
                        "supervisor running",
                        "postgres-clients starting",
                        "postgres-orders starting",
                        "postgres-portfolios starting",
                        "clients dead",
                        "portfolios starting",
                        "orders starting",
                        "gateway starting");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void aStackWhoseSupervisorWasKilledIsDeadWhateverRunsBesideIt() throws IOException {
        start("monolith-supervisor");
        start("monolith");
        home.pid("supervisor").write(NO_PROCESS);

        Outcome outcome = status();

        assertThat(outcome.states())
                .contains("supervisor dead", "orders dead", "monolith healthy")
                .doesNotContain("orders starting");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    /** A process that is ours by its command line. */
    private void start(String name) throws IOException {
        Process process =
                new ProcessBuilder("sh", "-c", "read forever", home.folder().toString()).start();
        processes.add(process);
        home.pid(name).write(process.pid());
    }

    private record Outcome(int exit, String text) {

        List<String> states() {
            return text.lines()
                    .skip(1)
                    .map(line -> line.split(" +"))
                    .map(words -> words[0] + " " + words[2])
                    .toList();
        }
    }

    private Outcome status() throws IOException {
        Variation shifted = new Variation(
                admin.getAddress().getPort() - MONOLITH_ADMIN_PORT, List.of(), Map.of(), Variation.NONE.kongFile());
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(text, false, StandardCharsets.UTF_8));
        int exit = new Status(home, new Stack(home, Path.of(""), shifted), console).run();
        return new Outcome(exit, text.toString(StandardCharsets.UTF_8));
    }
}
