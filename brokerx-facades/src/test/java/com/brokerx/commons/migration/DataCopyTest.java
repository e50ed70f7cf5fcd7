package com.brokerx.commons.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.database.Database;
import com.brokerx.testing.TestDatabase;
import io.dropwizard.db.DataSourceFactory;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a schema in a shared database to a database of its own. */
class DataCopyTest {

    private static final String CHANGELOG = "commons-test/copy.xml";

    private final String from = TestDatabase.empty().url() + "&currentSchema=shop";
    private final String to = TestDatabase.empty().url();
    private final Jdbi source = Jdbi.create(from);
    private final Jdbi target = Jdbi.create(to);
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void migrateAndFill() {
        migrate(from);
        migrate(to);
        source.useHandle(handle -> {
            handle.execute("INSERT INTO customers (name) SELECT 'customer ' || n FROM generate_series(1, 1000) n");
            handle.execute("""
                    INSERT INTO purchases (customer, amount, at)
                    SELECT id, id * 1.10, timestamptz '2026-01-31 12:00:00.123456+02' + id * interval '1 hour' FROM customers""");
        });
    }

    @Test
    void theCopyIsTheSameToTheLastBit() throws Exception {
        copy(false, false);

        assertThat(rows(target)).isEqualTo(rows(source)).hasSize(1000);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("customers", "1,000 rows", "Copied.");
    }

    @Test
    void theNextNumberIsANewOne() throws Exception {
        copy(false, false);

        long next = target.withHandle(
                handle -> handle.createQuery("INSERT INTO customers (name) VALUES ('next') RETURNING id")
                        .mapTo(Long.class)
                        .one());
        assertThat(next).isEqualTo(1001);
    }

    @Test
    void rulesAboutChangesHoldAgainAfterwards() throws Exception {
        copy(false, false);

        assertThatThrownBy(() -> target.useHandle(handle -> handle.execute("DELETE FROM purchases")))
                .hasMessageContaining("purchases only grow");
    }

    @Test
    void aRehearsalLeavesNothingBehindAndHoldsNobodyUp() throws Exception {
        try (Connection writer = DriverManager.getConnection(from)) {
            writer.setAutoCommit(false);
            writer.createStatement().execute("INSERT INTO customers (name) VALUES ('in flight')");
            copy(true, false);
        }

        assertThat(rows(target)).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("1,000 rows", "Nothing was changed");
    }

    @Test
    void refusesATargetThatIsInUse() throws Exception {
        target.useHandle(handle -> handle.execute("INSERT INTO customers (name) VALUES ('only here')"));

        assertThatThrownBy(() -> copy(false, false))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("customers of the target holds rows");

        copy(false, true);
        assertThat(rows(target)).isEqualTo(rows(source));
    }

    @Test
    void aSeededRowThatChangedSinceIsNoUseOfTheTarget() throws Exception {
        source.useHandle(handle -> handle.execute("UPDATE colours SET shade = 'dark'"));

        copy(false, false);

        String shade = target.withHandle(handle -> handle.createQuery("SELECT shade FROM colours")
                .mapTo(String.class)
                .one());
        assertThat(shade).isEqualTo("dark");
    }

    @Test
    void mayBeDoneAgainWhenNothingElseHappened() throws Exception {
        copy(false, false);
        copy(false, false);

        assertThat(rows(target)).hasSize(1000);
    }

    @Test
    void refusesSidesOfDifferentVersions() {
        target.useHandle(handle -> handle.execute("ALTER TABLE customers ADD COLUMN nickname text"));

        assertThatThrownBy(() -> copy(false, false))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("not of the same version");
    }

    @Test
    void refusesASourceThatIsNotThere() {
        assertThatThrownBy(() -> new DataCopy(
                                TestDatabase.empty().url(),
                                to,
                                "postgres",
                                "",
                                new PrintStream(OutputStream.nullOutputStream()))
                        .run(false, false))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("currentSchema");
    }

    private void copy(boolean rehearse, boolean replace) throws Exception {
        new DataCopy(from, to, "postgres", "", new PrintStream(said, true, StandardCharsets.UTF_8))
                .run(rehearse, replace);
    }

    private static java.util.List<String> rows(Jdbi database) {
        return database.withHandle(handle -> {
            handle.execute("SET timezone = 'UTC'");
            return handle.createQuery(
                            "SELECT (c.*, p.*)::text FROM purchases p JOIN customers c ON c.id = p.customer ORDER BY p.id")
                    .mapTo(String.class)
                    .list();
        });
    }

    private static void migrate(String url) {
        DataSourceFactory settings = new DataSourceFactory();
        settings.setUrl(url);
        settings.setUser("postgres");
        Database.migrate(settings, CHANGELOG);
    }
}
