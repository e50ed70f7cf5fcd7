package com.brokerx.portfolios.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.reconciliation.Finding;
import com.brokerx.facades.reconciliation.Report;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.Services;
import com.brokerx.portfolios.reservation.ReserveOrder;
import com.brokerx.testing.ManualClock;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerCheckTest {

    private Services services;

    @BeforeEach
    void open() {
        services = new Services(4);
        UUID client = Ids.next();
        new BackOffice(services).give(client, "USD", 1000);
        services.reservations().reserve(List.of(new ReserveOrder(client, Ids.next(), "USD", 300, 1)));
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(services.check().full().findings()).allMatch(finding -> finding.differences() == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    balances    | UPDATE accounts SET available = available + 1 WHERE client_id IS NOT NULL
                    holds       | UPDATE accounts SET held = held + 1 WHERE client_id IS NOT NULL
                    holds       | UPDATE reservations SET authorized = authorized - 1
                    journals    | UPDATE entries SET available_delta = available_delta + 1 WHERE id = 1
                    entries     | UPDATE entries SET available_after = available_after + 1 WHERE id = 1
                    settlements | INSERT INTO settlements SELECT gen_random_uuid(), 'A', 1, 1, 1, 1, 'USD', order_id, order_id, 0, 0, now() FROM reservations
                    trades      | UPDATE entries SET type = 'buy' WHERE id = 3
                    reservations | UPDATE reservations SET settled = settled + 1
                    """)
    void findsWhatWasChangedBehindItsBack(String check, String sql) {
        tamper(sql);

        Report report = services.check().full();

        assertThat(report.ok()).isFalse();
        assertThat(report.findings().stream()
                        .filter(finding -> finding.differences() > 0)
                        .map(Finding::check))
                .contains(check);
    }

    @Test
    void keepsADifferenceInViewUntilItIsRight() {
        CollectorRegistry metrics = new CollectorRegistry();
        ManualClock clock = new ManualClock(Instant.now());
        LedgerWatch watch = new LedgerWatch(
                services.check(), new CheckSettings(null, null, null, Duration.days(1), null), metrics, clock);
        watch.run();
        assertThat(drift(metrics, "balances")).isZero();

        tamper("UPDATE accounts SET available = available + 1, updated_at = now() WHERE client_id IS NOT NULL");
        watch.run();
        assertThat(drift(metrics, "balances")).isEqualTo(1);
        clock.advance(java.time.Duration.ofHours(1));
        watch.run();
        assertThat(drift(metrics, "balances")).isEqualTo(1);

        tamper("UPDATE accounts SET available = available - 1 WHERE client_id IS NOT NULL");
        watch.run();
        assertThat(drift(metrics, "balances")).isZero();
    }

    @Test
    void looksAtEverythingAgainWhenItIsTime() {
        CollectorRegistry metrics = new CollectorRegistry();
        ManualClock clock = new ManualClock(Instant.now());
        LedgerWatch watch = new LedgerWatch(
                services.check(), new CheckSettings(null, null, null, Duration.days(1), null), metrics, clock);
        Sealer sealer = new Sealer(services.jdbi(), new SealSettings(null, null));
        sealer.seal();
        sealer.seal();
        watch.run();
        tamper("UPDATE entries SET reference = gen_random_uuid() WHERE id = 1");
        watch.run();
        assertThat(drift(metrics, "chain"))
                .as("old entries are not looked at every time")
                .isZero();

        clock.advance(java.time.Duration.ofDays(1));
        watch.run();
        assertThat(drift(metrics, "chain")).isEqualTo(1);
    }

    @Test
    void looksAtManyEntriesInSteps() {
        CollectorRegistry metrics = new CollectorRegistry();
        Sealer sealer = new Sealer(services.jdbi(), new SealSettings(null, 1));
        sealer.seal();
        sealer.seal();
        LedgerWatch watch = new LedgerWatch(
                services.check(),
                new CheckSettings(null, 1, null, null, null),
                metrics,
                new ManualClock(Instant.now()));
        watch.run();
        new BackOffice(services).give(Ids.next(), "USD", 1000);
        new BackOffice(services).give(Ids.next(), "USD", 1000);
        sealer.seal();
        sealer.seal();
        tamper("UPDATE entries SET reference = gen_random_uuid() WHERE id = (SELECT max(id) FROM entries)");

        watch.run();
        assertThat(drift(metrics, "chain")).as("the end is not reached").isZero();
        for (int step = 0; step < 3; step++) {
            watch.run();
        }
        assertThat(drift(metrics, "chain")).isEqualTo(1);
    }

    private static double drift(CollectorRegistry metrics, String check) {
        return metrics.getSampleValue("ledger_drift", new String[] {"check"}, new String[] {check});
    }

    private void tamper(String sql) {
        services.jdbi().useTransaction(tx -> {
            tx.execute("SET LOCAL session_replication_role = replica");
            tx.execute(sql);
        });
    }
}
