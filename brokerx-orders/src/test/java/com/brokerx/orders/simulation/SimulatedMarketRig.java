package com.brokerx.orders.simulation;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jdbi.v3.core.Jdbi;

/** Instances of the orders service with a simulated market that is in a hurry, and a look into their database. */
final class SimulatedMarketRig implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);
    static final int SYMBOLS = 7;

    private static final int QUOTES = 2 * 5;

    final FakePortfolios portfolios = new FakePortfolios();
    private final TestIdentity identity = new TestIdentity();
    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final Jdbi jdbi = database.jdbi();
    private final Deque<OrdersServer> servers = new ArrayDeque<>();

    OrdersServer start(String instanceId, boolean simulates) {
        servers.push(OrdersServer.start(
                instanceId,
                database,
                identity,
                portfolios,
                "orders.simulation.enabled=" + simulates,
                "orders.simulation.interval=50ms",
                "orders.simulation.lease=5s",
                "orders.simulation.noise.every=300ms"));
        return servers.peek();
    }

    void stop(OrdersServer server) {
        servers.remove(server);
        server.close();
    }

    @Override
    public void close() {
        servers.forEach(OrdersServer::close);
        portfolios.close();
        identity.close();
    }

    long count(String from) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + from)
                .mapTo(Long.class)
                .one());
    }

    BigDecimal referencePrice(String symbol) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT reference_price FROM instruments WHERE symbol = :symbol")
                        .bind("symbol", symbol)
                        .mapTo(BigDecimal.class)
                        .one());
    }

    void awaitQuotes() {
        Eventually.await("quotes on all levels", SOON, () -> count("open_orders") == SYMBOLS * QUOTES);
    }

    void awaitMoreTrades() {
        long before = count("trades");
        Eventually.await("more trades", SOON, () -> count("trades") > before);
    }
}
