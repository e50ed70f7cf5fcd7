package com.brokerx.portfolios.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.Services;
import com.brokerx.portfolios.reservation.ReserveOrder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses, whoever asks: these tests are its owner, even a superuser. */
class LedgerTablesTest {

    private static Services services;
    private static UUID client;
    private static long account;

    @BeforeAll
    static void open() {
        services = new Services(4);
        client = Ids.next();
        new BackOffice(services).give(client, "USD", 1000);
        account = services.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM accounts WHERE client_id = :client")
                        .bind("client", client)
                        .mapTo(Long.class)
                        .one());
    }

    @AfterAll
    static void close() {
        services.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE entries SET available_delta = available_delta",
                "DELETE FROM entries",
                "TRUNCATE entries",
                "UPDATE seals SET hash = hash",
                "DELETE FROM journals",
                "UPDATE settlements SET total = 0",
                "TRUNCATE settlements",
                "DELETE FROM reservations",
                "DELETE FROM payments"
            })
    void refusesToChangeWhatOnlyGrows(String sql) {
        assertThatThrownBy(() -> execute(sql)).hasMessageContaining("is only ever added to");
    }

    @Test
    void refusesABalanceBelowZero() {
        assertThatThrownBy(() -> execute("UPDATE accounts SET available = -1 WHERE id = " + account))
                .hasMessageContaining("accounts_available_check");
        assertThatThrownBy(() -> execute("UPDATE accounts SET held = -1 WHERE id = " + account))
                .hasMessageContaining("accounts_held_check");
    }

    @Test
    void refusesAJournalThatIsNotBalanced() {
        assertThatThrownBy(() -> execute(entry("(1, %d, 'USD', 'deposit', 5, 0, 1005, 0)")))
                .hasMessageContaining("a journal is not balanced");
    }

    @Test
    void refusesEntriesThatDoNotAgreeWithTheAccount() {
        String fromAndToItself = "(1, %1$d, 'USD', 'reserve', -5, 5, 995, 5)";
        assertThatThrownBy(() -> execute(entry(fromAndToItself))).hasMessageContaining("do not agree");
    }

    @Test
    void refusesEntriesOfAnotherAssetOrOfNoAccount() {
        assertThatThrownBy(() -> execute(entry("(1, %1$d, 'AAPL', 'reserve', 0, 0, 1000, 0)")))
                .hasMessageContaining("do not agree");
        assertThatThrownBy(() -> execute(entry("(1, -%1$d, 'USD', 'reserve', 0, 0, 1000, 0)")))
                .hasMessageContaining("do not agree");
    }

    @Test
    void endsAReservationOnce() {
        UUID order = Ids.next();
        services.reservations().reserve(List.of(new ReserveOrder(client, order, "USD", 10, 1)));
        services.reservations().release(order, java.util.Optional.empty());

        assertThatThrownBy(() -> execute("UPDATE reservations SET authorized = 5, closed = false, ended_at = null"
                        + " WHERE order_id = '" + order + "'"))
                .hasMessageContaining("has ended");
        assertThat(services.check().full().ok()).isTrue();
    }

    private static String entry(String values) {
        return """
                INSERT INTO entries (journal_id, account_id, asset, type, available_delta, held_delta, available_after,
                                     held_after, reference, created_at)
                SELECT v.*, gen_random_uuid(), now() FROM (VALUES %s)
                       AS v (journal_id, account_id, asset, type, a, h, aa, ha)""".formatted(values.formatted(account))
                .replace("v.*", "journal_id, account_id, asset, type::entry_type, a, h, aa, ha");
    }

    private static void execute(String sql) {
        services.jdbi().useHandle(handle -> handle.execute(sql));
    }
}
