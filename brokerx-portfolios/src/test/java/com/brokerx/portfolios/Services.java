package com.brokerx.portfolios;

import com.brokerx.commons.database.Database;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.outbox.OutboxSettings;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.ledger.Ledger;
import com.brokerx.portfolios.ledger.LedgerCheck;
import com.brokerx.portfolios.portfolio.Portfolios;
import com.brokerx.portfolios.portfolio.ShareAccounts;
import com.brokerx.portfolios.reservation.ReservationService;
import com.brokerx.portfolios.settlement.EventHandler;
import com.brokerx.portfolios.settlement.SettlementMetrics;
import com.brokerx.portfolios.settlement.SettlementService;
import com.brokerx.testing.TestDatabase;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedDataSource;
import io.prometheus.client.CollectorRegistry;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The services on a real database, without HTTP in between. */
public final class Services implements AutoCloseable {

    private final TestDatabase database = TestDatabase.migrated("portfolios/migrations.xml");
    private final ManagedDataSource pool;
    private final Jdbi jdbi;
    private final Ledger ledger = new Ledger();
    private final Assets assets;
    private final Portfolios portfolios = new Portfolios("USD");
    private final Outbox outbox = new Outbox(new OutboxSettings(List.of(), null, null, null, null, null, null, null));

    /**
     * Commits do not wait for the disk here: what these tests are about does not depend on it, and they commit many thousand times.
     *
     * @param connections at most at once
     */
    public Services(int connections) {
        this(connections, false);
    }

    /** @param durable whether commits wait for the disk */
    public Services(int connections, boolean durable) {
        var settings = database.settings();
        settings.setMaxSize(connections);
        settings.getProperties().put("options", "-c synchronous_commit=" + (durable ? "on" : "off"));
        settings.setCheckConnectionOnBorrow(true);
        settings.setValidationQuery("SELECT 1");
        pool = settings.build(new MetricRegistry(), "test");
        jdbi = Database.withPlugins(Jdbi.create(pool));
        assets = new Assets(jdbi);
    }

    public TestDatabase database() {
        return database;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Assets assets() {
        return assets;
    }

    public Portfolios portfolios() {
        return portfolios;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Idempotency idempotency() {
        return new Idempotency(jdbi);
    }

    public ReservationService reservations() {
        return new ReservationService(jdbi, ledger, new ShareAccounts());
    }

    public EventHandler events() {
        return new EventHandler(
                portfolios,
                new SettlementService(
                        ledger,
                        portfolios,
                        assets,
                        new SettlementMetrics(new CollectorRegistry()),
                        InstantSource.system()));
    }

    public LedgerCheck check() {
        return new LedgerCheck(jdbi);
    }

    @Override
    public void close() {
        try {
            pool.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
