package com.brokerx.portfolios.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.Services;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An account with a hundred thousand entries answers like one with ten: what is read does not depend on what is stored. */
class LongHistoryTest {

    private static final int ENTRIES = 100_000;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private static Services services;
    private static UUID portfolio;
    private static long account;

    @BeforeAll
    static void open() {
        services = new Services(4);
        UUID client = Ids.next();
        new BackOffice(services).give(client, "USD", 1);
        services.jdbi().useTransaction(tx -> {
            account = tx.createQuery("SELECT id FROM accounts WHERE client_id = :client")
                    .bind("client", client)
                    .mapTo(Long.class)
                    .one();
            portfolio = tx.createQuery("SELECT portfolio_id FROM accounts WHERE id = :account")
                    .bind("account", account)
                    .mapTo(UUID.class)
                    .one();
            tx.execute("SET LOCAL session_replication_role = replica");
            tx.execute("""
                    INSERT INTO entries (journal_id, account_id, asset, type, available_delta, held_delta, available_after,
                                         held_after, reference, created_at)
                    SELECT n, ?, 'USD', 'deposit', 1, 0, n, 0, gen_random_uuid(),
                           '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second'
                    FROM generate_series(1, ?) AS n""", account, ENTRIES);
        });
        services.jdbi().useHandle(handle -> handle.execute("ANALYZE entries"));
    }

    @AfterAll
    static void close() {
        services.close();
    }

    @Test
    void findsTheBalanceOfAnyMomentInAFewPages() {
        for (int second : new int[] {1, 500, ENTRIES / 2, ENTRIES - 1}) {
            var balance = services.jdbi()
                    .withExtension(
                            TransactionStore.class, store -> store.balanceAt(account, FIRST.plusSeconds(second)));
            assertThat(balance.orElseThrow().available()).isEqualTo(second);
        }
        assertThat(pagesRead("""
                SELECT available_after FROM entries
                WHERE account_id = %d AND created_at <= '2026-01-01T12:00:00Z'
                ORDER BY created_at DESC, id DESC LIMIT 1""".formatted(account))).isLessThan(20);
    }

    @Test
    void answersInMilliseconds() {
        int questions = 100;
        long began = System.nanoTime();
        for (int i = 0; i < questions; i++) {
            Instant at = FIRST.plusSeconds(1 + i * (ENTRIES / questions));
            services.jdbi().withExtension(TransactionStore.class, store -> store.balanceAt(account, at));
        }
        double millis = (System.nanoTime() - began) / 1e6 / questions;
        assertThat(millis).as("milliseconds for a balance at some time").isLessThan(50);
    }

    @Test
    void readsOnePageOfTransactionsFromTheMiddleInAFewPages() {
        var middle = new Transaction.Position(FIRST.plusSeconds(ENTRIES / 2), Long.MAX_VALUE);
        var rows = services.jdbi()
                .withExtension(
                        TransactionStore.class,
                        store -> store.list(portfolio, null, middle.createdAt(), middle.id(), 51));
        assertThat(rows).hasSize(51);
        assertThat(rows.getFirst().balanceAfter()).isEqualTo(ENTRIES / 2);
        assertThat(pagesRead("""
                SELECT * FROM entries
                WHERE account_id = %d AND (created_at, id) < ('2026-01-01T12:00:00Z', 9223372036854775807)
                ORDER BY created_at DESC, id DESC LIMIT 51""".formatted(account))).isLessThan(20);
    }

    /** 8 KiB pages, as PostgreSQL counts them itself. */
    private static int pagesRead(String sql) {
        return services.jdbi().withHandle(handle -> {
            String plan = String.join(
                    "\n",
                    handle.createQuery("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) " + sql)
                            .mapTo(String.class)
                            .list());
            var buffers = java.util.regex.Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?")
                    .matcher(plan);
            assertThat(buffers.find()).as(plan).isTrue();
            return Integer.parseInt(buffers.group(1))
                    + (buffers.group(2) == null ? 0 : Integer.parseInt(buffers.group(2)));
        });
    }
}
