package com.brokerx.portfolios.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.Services;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealerTest {

    private Services services;
    private BackOffice backOffice;
    private Sealer sealer;

    @BeforeEach
    void open() {
        services = new Services(4);
        backOffice = new BackOffice(services);
        sealer = new Sealer(services.jdbi(), new SealSettings(null, 7));
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void sealsWhatWasThereARoundAgo() {
        give(10);
        sealer.seal();
        assertThat(sealed()).isZero();
        sealer.seal();
        assertThat(sealed()).isEqualTo(20);
        assertThat(count("seals")).as("blocks of seven").isEqualTo(3);
        assertThat(services.check().full().ok()).isTrue();
    }

    @Test
    void waitsForTransactionsThatMayStillAddEntriesBelow() {
        try (Handle slow = services.jdbi().open()) {
            slow.begin();
            slow.execute(
                    "INSERT INTO entries (journal_id, account_id, asset, type, available_delta, held_delta, reference,"
                            + " created_at) SELECT 1, id, asset, 'journal', 0, 0, gen_random_uuid(), now() FROM accounts"
                            + " WHERE house = 'fees' AND asset = 'USD'");
            give(1);
            sealer.seal();
            sealer.seal();
            assertThat(sealed()).as("while entry 1 is not committed").isZero();
            slow.commit();
        }
        sealer.seal();
        assertThat(sealed()).isEqualTo(3);
        assertThat(services.check().full().ok()).isTrue();
    }

    @Test
    void findsAnEntryThatWasAlteredByHand() {
        sealAll();
        tamper("UPDATE entries SET reference = gen_random_uuid() WHERE id = 9");

        assertThat(broken()).containsExactly("seal 2 over entries 8 to 14 is broken");
    }

    @Test
    void findsEntriesThatWereTakenOutOrSlippedIn() {
        sealAll();
        tamper("DELETE FROM entries WHERE id = 3");
        assertThat(broken()).containsExactly("seal 1 over entries 1 to 7 is broken");

        tamper("""
                INSERT INTO entries (id, journal_id, account_id, asset, type, available_delta, held_delta, reference, created_at)
                OVERRIDING SYSTEM VALUE
                SELECT 3, journal_id, account_id, asset, type, available_delta, held_delta, reference, created_at
                FROM entries WHERE id = 5""");
        assertThat(broken()).containsExactly("seal 1 over entries 1 to 7 is broken");
    }

    @Test
    void findsASealThatWasMadeToFitAnAlteredEntry() {
        sealAll();
        tamper("UPDATE entries SET reference = gen_random_uuid() WHERE id = 9");
        tamper("UPDATE seals SET hash = seal_hash(previous_hash, 7, 14) WHERE id = 2");

        assertThat(broken()).containsExactly("seal 3 over entries 15 to 20 is broken");
    }

    @Test
    void agreesWithAHashThatIsComputedOutsideTheDatabase() throws Exception {
        backOffice.give(Ids.next(), "USD", 5);
        sealer.seal();
        sealer.seal();
        String text = services.jdbi()
                .withHandle(handle -> String.join(
                        "\n", handle.createQuery("""
                                SELECT id || '|' || journal_id || '|' || account_id || '|USD|journal|' || available_delta || '|0|'
                                       || coalesce(available_after::text, '-') || '|' || coalesce(held_after::text, '-')
                                       || '|' || reference || '|' || (extract(epoch FROM created_at) * 1000000)::bigint
                                FROM entries ORDER BY id""").mapTo(String.class).list()));
        byte[] expected = java.security.MessageDigest.getInstance("SHA-256")
                .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(services.check().full().chain().head())
                .isEqualTo(java.util.HexFormat.of().formatHex(expected));
    }

    private void sealAll() {
        give(10);
        sealer.seal();
        sealer.seal();
        assertThat(broken()).isEmpty();
    }

    private void give(int times) {
        for (int i = 0; i < times; i++) {
            backOffice.give(Ids.next(), "USD", 100);
        }
    }

    private long sealed() {
        return services.check().full().chain().sealedUpTo();
    }

    private long count(String table) {
        return services.jdbi().withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }

    private List<String> broken() {
        return services.check().full().findings().stream()
                .filter(finding -> finding.check().equals("chain"))
                .flatMap(finding -> finding.examples().stream())
                .toList();
    }

    /** As somebody would who has all rights on the machine. */
    private void tamper(String sql) {
        services.jdbi().useTransaction(tx -> {
            tx.execute("SET LOCAL session_replication_role = replica");
            tx.execute(sql);
        });
    }
}
