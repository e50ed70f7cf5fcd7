package com.brokerx.commons.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.testing.TestDatabase;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final String INSERT = "INSERT INTO things SELECT * FROM unnest(:ids::bigint[], :names::text[])";

    private static Jdbi jdbi;

    @BeforeAll
    static void open() {
        jdbi = TestDatabase.empty().jdbi();
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE things (id bigint PRIMARY KEY, name text)"));
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("TRUNCATE things"));
    }

    @Test
    void runsInOrderAndEachStatementSeesTheOnesBefore() {
        jdbi.useTransaction(tx -> {
            Pipeline pipeline = new Pipeline(tx);
            pipeline.update(INSERT).bind("ids", new long[] {1, 2, 3}).bind("names", new String[] {"a", null, "c"});
            var named = pipeline.query(
                    "SELECT name FROM things WHERE name IS NOT NULL ORDER BY id", row -> row.getString("name"));
            pipeline.update("DELETE FROM things WHERE id > :from").bind("from", 1L);
            var left = pipeline.query("SELECT id FROM things", row -> row.getLong("id"));
            assertThat(left.rows()).as("before the run").isEmpty();

            pipeline.run();

            assertThat(named.rows()).containsExactly("a", "c");
            assertThat(left.rows()).containsExactly(1L);
        });
    }

    @Test
    void takesTheKindsOfValuesThatTheTablesHave() {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2026-01-31T12:34:56.123456Z");
        jdbi.useTransaction(tx -> {
            Pipeline pipeline = new Pipeline(tx);
            var row = pipeline.query(
                            """
                            SELECT (:ids::uuid[])[2] AS id, :at::timestamptz AS at, (:flags::boolean[])[1] AS flag,
                                   (:numbers::bigint[])[1] AS number, :nothing::text AS nothing, '12:34' AS time""",
                            values -> values.getObject("id", UUID.class)
                                    + " " + values.getTimestamp("at").toInstant()
                                    + " " + values.getBoolean("flag")
                                    + " " + values.getObject("number")
                                    + " " + values.getString("nothing")
                                    + " " + values.getString("time"))
                    .bind("ids", new UUID[] {UUID.randomUUID(), id})
                    .bind("at", at)
                    .bind("flags", new boolean[] {true})
                    .bind("numbers", new Long[] {null, 7L})
                    .bind("nothing", null);
            pipeline.run();
            assertThat(row.rows()).containsExactly(id + " " + at + " true null null 12:34");
        });
    }

    @Test
    void theFirstFailureEndsTheRestAndTheTransaction() {
        assertThatThrownBy(() -> jdbi.useTransaction(tx -> {
                    Pipeline pipeline = new Pipeline(tx);
                    pipeline.update(INSERT).bind("ids", new long[] {1}).bind("names", new String[] {"a"});
                    pipeline.update(INSERT).bind("ids", new long[] {1}).bind("names", new String[] {"b"});
                    pipeline.update(INSERT).bind("ids", new long[] {2}).bind("names", new String[] {"c"});
                    pipeline.run();
                }))
                .isInstanceOf(UnableToExecuteStatementException.class);
        assertThat(stored()).isZero();
    }

    @Test
    void commitsWithTheLastStatements() {
        jdbi.useTransaction(tx -> {
            Pipeline pipeline = new Pipeline(tx);
            pipeline.update(INSERT).bind("ids", new long[] {1}).bind("names", new String[] {"a"});
            pipeline.run();
            assertThat(stored()).as("to others, before the commit").isZero();
            pipeline.update(INSERT).bind("ids", new long[] {2}).bind("names", new String[] {"b"});
            pipeline.commit();
            assertThat(stored())
                    .as("to others, while the transaction's handle is open")
                    .isEqualTo(2);
        });
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void aFailureBeforeTheCommitLeavesNothing() {
        assertThatThrownBy(() -> jdbi.useTransaction(tx -> {
                    Pipeline pipeline = new Pipeline(tx);
                    pipeline.update(INSERT).bind("ids", new long[] {1}).bind("names", new String[] {"a"});
                    pipeline.run();
                    pipeline.update(INSERT).bind("ids", new long[] {2}).bind("names", new String[] {"b"});
                    pipeline.update("SELECT 1 / (count(*) - 2) FROM things");
                    pipeline.commit();
                }))
                .isInstanceOf(UnableToExecuteStatementException.class);
        assertThat(stored()).isZero();
    }

    /** As others see it: in a thread of its own, since JDBI would use this one's transaction. */
    private static long stored() {
        return CompletableFuture.supplyAsync(
                        () -> jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM things")
                                .mapTo(Long.class)
                                .one()))
                .join();
    }

    @Test
    void saysWhatIsNotBound() {
        assertThatThrownBy(() -> jdbi.useTransaction(tx -> {
                    Pipeline pipeline = new Pipeline(tx);
                    pipeline.update(INSERT).bind("ids", new long[] {1});
                    pipeline.run();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(":names");
    }

    @Test
    void goesOnBeingRightWhenTheServerHasPreparedItsStatements() {
        for (long i = 1; i <= 20; i++) {
            long id = i;
            jdbi.useTransaction(tx -> {
                Pipeline pipeline = new Pipeline(tx);
                pipeline.update(INSERT).bind("ids", new long[] {id}).bind("names", new String[] {"n" + id});
                var count = pipeline.query("SELECT count(*) FROM things", row -> row.getLong(1));
                pipeline.run();
                assertThat(count.rows()).containsExactly(id);
            });
        }
    }

    @Test
    void doesNothingWhereThereIsNothingToDo() {
        jdbi.useTransaction(tx -> new Pipeline(tx).run());
    }
}
