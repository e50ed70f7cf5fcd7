package com.brokerx.portfolios.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.reconciliation.Reconcilable;
import com.brokerx.facades.reconciliation.Reconciliation;
import com.brokerx.facades.reconciliation.Report;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.Services;
import com.brokerx.portfolios.ledger.CheckSettings;
import com.brokerx.portfolios.reservation.ReserveOrder;
import com.brokerx.testing.ManualClock;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger on a real database, and an orders service that has one order. */
class ReconciliationWatchTest {

    private final CollectorRegistry metrics = new CollectorRegistry();
    private final ManualClock clock = new ManualClock(Instant.now());
    private final UUID client = Ids.next();
    private final UUID order = Ids.next();
    private final OneOrder orders = new OneOrder();
    private Services services;
    private ReconciliationWatch watch;

    @BeforeEach
    void open() {
        services = new Services(4);
        new BackOffice(services).give(client, "USD", 100_00);
        services.reservations().reserve(List.of(new ReserveOrder(client, order, "USD", 30_00, 1)));
        Reconcilable ledger = new ReconcilablePortfolios(services.jdbi(), services.check());
        watch = new ReconciliationWatch(
                new Reconciliation(ledger, orders, Duration.ZERO),
                new CheckSettings(null, null, null, null, null),
                metrics,
                clock);
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void showsADifferenceUntilItIsRight() {
        watch.compare();
        assertThat(drift("holds")).isZero();
        assertThat(drift("trades")).isZero();

        orders.authorized = new BigDecimal("29.99");
        watch.compare();
        assertThat(drift("holds")).isEqualTo(1);

        services.reservations().release(order, Optional.empty());
        orders.closed = true;
        orders.authorized = BigDecimal.ZERO;
        watch.compare();
        assertThat(drift("holds")).isZero();
    }

    @Test
    void asksForNewTradesOnlyUntilItIsTimeForAllOfThem() {
        watch.compare();
        clock.advance(Duration.ofHours(1));
        watch.compare();
        clock.advance(Duration.ofDays(1));
        watch.compare();

        assertThat(orders.askedAfter).hasSize(3);
        assertThat(orders.askedAfter.get(0)).isNull();
        assertThat(orders.askedAfter.get(1)).isNotNull();
        assertThat(orders.askedAfter.get(2)).isNull();
    }

    private double drift(String check) {
        return metrics.getSampleValue("reconciliation_drift", new String[] {"check"}, new String[] {check});
    }

    private final class OneOrder implements Reconcilable {
        private final List<UUID> askedAfter = new ArrayList<>();
        private BigDecimal authorized = new BigDecimal("30.00");
        private boolean closed;

        @Override
        public Report report() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Hold> openHolds(Place after, int limit) {
            return after == null && !closed ? holds(List.of(order)) : List.of();
        }

        @Override
        public List<Hold> holds(Collection<UUID> orderIds) {
            return List.of(new Hold(order, client, "USD", 1, authorized, BigDecimal.ZERO, closed));
        }

        @Override
        public List<TradeBlock> tradeBlocks(UUID after) {
            askedAfter.add(after);
            return List.of();
        }

        @Override
        public List<Trade> trades(TradeBlock block) {
            return List.of();
        }
    }
}
