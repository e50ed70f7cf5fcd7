package com.brokerx.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.portfolios.ledger.LedgerCheck;
import com.brokerx.portfolios.ledger.SealSettings;
import com.brokerx.portfolios.ledger.Sealer;
import com.brokerx.testing.TestDatabase;
import io.dropwizard.util.Duration;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the services' own tables: a past that does not add up would make the bench compare with something that cannot be. */
class HistoryTest {

    private static final List<Account> CLIENTS = List.of(client(), client(), client());
    private static final List<String> SYMBOLS = List.of("AAPL", "TSLA");

    private final TestDatabase orders = TestDatabase.migrated("orders/migrations.xml");
    private final TestDatabase portfolios = TestDatabase.migrated("portfolios/migrations.xml");
    private final Jdbi trading = orders.jdbi();
    private final Jdbi ledger = portfolios.jdbi();
    private final Sealer sealer = new Sealer(ledger, new SealSettings(Duration.milliseconds(50), 5000));

    private static Account client() {
        return new Account(UUID.randomUUID().toString());
    }

    @BeforeEach
    void enrol() {
        SYMBOLS.forEach(this::list);
        CLIENTS.forEach(client -> openAccounts(client.id()));
        // One of them has traded before.
        trading.useHandle(handle -> handle.execute(
                "INSERT INTO client_logs VALUES (?::uuid, 2, 0)",
                CLIENTS.getLast().id()));
        sealer.start();
    }

    private void list(String symbol) {
        trading.useHandle(handle -> handle.execute(
                "INSERT INTO instruments VALUES (?, ?, 'USD', 0.01, 1, 175, 20, 'trading', true)", symbol, symbol));
        ledger.useHandle(handle -> handle.execute("INSERT INTO assets VALUES (?, 'security', 0)", symbol));
    }

    private void openAccounts(String client) {
        ledger.useHandle(handle -> {
            handle.execute("""
                    INSERT INTO portfolios (id, client_id, name, currency, is_default, trading)
                    VALUES (?::uuid, ?::uuid, 'Main', 'USD', true, true)""", client, client);
            handle.execute("""
                    INSERT INTO accounts (portfolio_id, client_id, asset, trading)
                    SELECT ?::uuid, ?::uuid, asset, true FROM unnest(ARRAY['USD', 'AAPL', 'TSLA']) AS asset""", client, client);
            handle.execute("""
                    WITH funded AS (
                      UPDATE accounts SET available = 100000, updated_at = now() - interval '1 minute'
                      WHERE client_id = ?::uuid AND asset = 'USD' RETURNING id, updated_at)
                    INSERT INTO entries (journal_id, account_id, available_delta, held_delta, available_after, held_after,
                                         created_at, reference, type, asset)
                    SELECT 1, id, 100000, 0, 100000, 0, funded.updated_at, gen_random_uuid(), 'journal'::entry_type, 'USD'
                    FROM funded
                    UNION ALL
                    SELECT 1, a.id, -100000, 0, NULL, NULL, funded.updated_at, gen_random_uuid(), 'journal', 'USD'
                    FROM funded, accounts a WHERE a.house = 'back_office' AND a.asset = 'USD'""", client);
        });
    }

    @AfterEach
    void stopSealing() throws InterruptedException {
        sealer.stop();
    }

    @Test
    void leavesEveryBookRight() throws SQLException, InterruptedException {
        assertThat(fill(1000, 3000)).isEqualTo(999);

        assertThat(count(
                        trading,
                        "orders WHERE status = 'cancelled' AND filled = 0 AND created_at < now() - interval '1 day'"))
                .isEqualTo(999);
        assertThat(count(trading, "executions e JOIN orders o ON o.id = e.order_id AND o.client_id = e.client_id"))
                .isEqualTo(1998);
        assertThat(count(
                        ledger,
                        "reservations r JOIN accounts a ON a.id = r.account_id AND a.client_id = r.client_id "
                                + "WHERE r.ended_at IS NOT NULL AND r.asset = a.asset"))
                .isEqualTo(999);
        assertThat(orderIds(trading, "SELECT id FROM orders"))
                .isEqualTo(orderIds(ledger, "SELECT order_id FROM reservations"));
        assertThat(new LedgerCheck(ledger).full().ok()).isTrue();
    }

    @Test
    void goesOnWithEachLogWhereItEnded() throws SQLException, InterruptedException {
        fill(30, 2);

        for (Account client : CLIENTS) {
            long before = client == CLIENTS.getLast() ? 2 : 0;
            Map<String, Object> log = trading.withHandle(handle ->
                    handle.createQuery("""
                            SELECT min(client_sequence) AS first, max(client_sequence) AS last, count(*) AS entries,
                                   min(l.last_sequence) AS told
                            FROM executions JOIN client_logs l USING (client_id) WHERE client_id = ?::uuid""").bind(0, client.id()).mapToMap().one());
            assertThat(log)
                    .containsEntry("first", before + 1)
                    .containsEntry("last", before + 20)
                    .containsEntry("entries", 20L)
                    .containsEntry("told", before + 20);
        }
    }

    private long fill(int wanted, int entries) throws SQLException, InterruptedException {
        Map<String, String> urls = Map.of("orders", orders.url(), "portfolios", portfolios.url());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new History(urls::get, CLIENTS, SYMBOLS, nowhere).fill(wanted, entries);
    }

    private static long count(Jdbi jdbi, String from) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + from)
                .mapTo(Long.class)
                .one());
    }

    private static List<UUID> orderIds(Jdbi jdbi, String query) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query + " ORDER BY 1").mapTo(UUID.class).list());
    }
}
