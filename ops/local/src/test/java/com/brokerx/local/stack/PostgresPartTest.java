package com.brokerx.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.testing.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL, started, killed and started again. */
class PostgresPartTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static PostgresPart postgres;
    private static Process process;

    @BeforeAll
    static void start() throws Exception {
        Home home = new Home(folder.toRealPath());
        home.create();
        postgres = new PostgresPart(home, PostgresPrograms.unpackInto(home.cache()), "ledger", FreePort.find());
        startAndAwait();
    }

    private static void startAndAwait() throws IOException, InterruptedException {
        process = postgres.start();
        assertThat(Processes.await(postgres::isHealthy, SOON)).isTrue();
    }

    @AfterAll
    static void stop() {
        postgres.end(process.toHandle());
    }

    @Test
    void writesToTheDiskBeforeItAcknowledges() throws SQLException {
        assertThat(ask("SHOW fsync")).isEqualTo("on");
        assertThat(ask("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask("SHOW server_version")).startsWith("18");
        assertThat(ask("SELECT current_database()")).isEqualTo("ledger");
    }

    @Test
    void keepsWhatWasCommittedWhenItIsKilled() throws Exception {
        ask("CREATE TABLE entries AS SELECT 42 AS amount; SELECT amount FROM entries");
        process.destroyForcibly().waitFor();
        startAndAwait();

        assertThat(ask("SELECT amount FROM entries")).isEqualTo("42");
    }

    /** The last result of the statements. */
    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.address(), "postgres", "");
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
