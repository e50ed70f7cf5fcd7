package com.brokerx.orders.testing;

import com.brokerx.testing.Eventually;
import com.brokerx.testing.StreamClient;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One instance of the orders service with a database and neighbours of its own, and the clients that a test has there. */
public final class RunningOrders implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final TestIdentity identity = new TestIdentity();
    private final FakePortfolios portfolios = new FakePortfolios();
    private final List<OrdersClient> clients = new CopyOnWriteArrayList<>();
    private final OrdersServer server;
    private final String[] settings;

    private RunningOrders(InstantSource clock, String... settings) {
        this.settings = settings;
        try {
            server = OrdersServer.startAt(clock, "orders-1", database, identity, portfolios, settings);
        } catch (RuntimeException failed) {
            portfolios.close();
            identity.close();
            throw failed;
        }
    }

    /** @param settings beside those of tests, like {@code orders.writer.patience=60s} */
    public static RunningOrders start(String... settings) {
        return startAt(InstantSource.system(), settings);
    }

    /** As above, by another clock. */
    public static RunningOrders startAt(InstantSource clock, String... settings) {
        return new RunningOrders(clock, settings);
    }

    public OrdersServer server() {
        return server;
    }

    /** One more instance beside it, with the same settings; to be closed before it. */
    public OrdersServer another(String instanceId) {
        return OrdersServer.start(instanceId, database, identity, portfolios, settings);
    }

    public FakePortfolios portfolios() {
        return portfolios;
    }

    public TestIdentity identity() {
        return identity;
    }

    public TestDatabase database() {
        return database;
    }

    /**
     * A new client.
     *
     * @param possessions assets and amounts by turns
     */
    public OrdersClient client(String... possessions) {
        OrdersClient client = server.client();
        for (int i = 0; i < possessions.length; i += 2) {
            portfolios.give(client.id(), possessions[i], possessions[i + 1]);
        }
        clients.add(client);
        return client;
    }

    /** A new client with cash for most purposes. */
    public OrdersClient buyer() {
        return client("USD", "100000.00");
    }

    /** A new client with shares of ZQUIET for most purposes. */
    public OrdersClient seller() {
        return client("ZQUIET", "1000");
    }

    /** Follows the live stream as this client. */
    public StreamClient stream(OrdersClient client) {
        return StreamClient.connect(server.url(), identity.token(client.id()));
    }

    public void awaitHeld(OrdersClient client, String asset, String amount) {
        Eventually.await(
                "%s %s held".formatted(amount, asset),
                SOON,
                () -> portfolios.held(client.id(), asset).compareTo(new BigDecimal(amount)) == 0);
    }

    /** Cancels what the clients so far left open, and waits until nothing is held for them. */
    public void clear() {
        clients.forEach(client -> client.post("/api/v1/orders/cancel_all", "{}"));
        Eventually.await("nothing is held", SOON, () -> clients.stream()
                .allMatch(client -> portfolios.holdsNothing(client.id())));
        clients.clear();
    }

    @Override
    public void close() {
        server.close();
        portfolios.close();
        identity.close();
    }
}
