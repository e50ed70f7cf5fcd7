package com.brokerx.orders.testing;

import com.brokerx.commons.auth.Caller;
import com.brokerx.orders.OrdersApplication;
import com.brokerx.orders.OrdersConfiguration;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An instance of the orders service, whole, on ports of its own. */
public final class OrdersServer implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(20);

    private final DropwizardTestSupport<OrdersConfiguration> support;
    private final TestIdentity identity;

    private OrdersServer(DropwizardTestSupport<OrdersConfiguration> support, TestIdentity identity) {
        this.support = support;
        this.identity = identity;
    }

    /** Starts an instance and waits until every book has an owner. */
    public static OrdersServer start(
            String instanceId,
            TestDatabase database,
            TestIdentity identity,
            FakePortfolios portfolios,
            String... settings) {
        return startAt(InstantSource.system(), instanceId, database, identity, portfolios, settings);
    }

    /** As above, by another clock. */
    public static OrdersServer startAt(
            InstantSource clock,
            String instanceId,
            TestDatabase database,
            TestIdentity identity,
            FakePortfolios portfolios,
            String... settings) {
        Map<String, String> overridden = new LinkedHashMap<>();
        overridden.put("service.instanceId", instanceId);
        overridden.put("clients.url", identity.serve().toString());
        overridden.put("orders.database.url", database.url());
        overridden.put("orders.portfolios.url", portfolios.url().toString());
        overridden.put("orders.outbox.subscribers[0].url", portfolios.url() + "/internal/webhooks/portfolios");
        overridden.put("orders.outbox.subscribers[1].url", portfolios.url() + "/internal/webhooks/clients");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            overridden.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        List<ConfigOverride> overrides = new ArrayList<>();
        overridden.forEach((name, value) -> overrides.add(ConfigOverride.config(name, value)));
        DropwizardTestSupport<OrdersConfiguration> support =
                new DropwizardTestSupport<>(
                        OrdersApplication.class, "config/test.yml", overrides.toArray(ConfigOverride[]::new)) {
                    @Override
                    public Application<OrdersConfiguration> newApplication() {
                        return new OrdersApplication(clock);
                    }
                };
        try {
            support.before();
        } catch (Exception failed) {
            throw new IllegalStateException("the service did not start", failed);
        } finally {
            // Overrides are system properties, and each remembers what it found: with two servers at once, closing them
            // in the order
            // in which they were started would leave the second one's settings to all tests that follow.
            overridden.keySet().forEach(name -> System.clearProperty("dw." + name));
        }
        OrdersServer server = new OrdersServer(support, identity);
        Eventually.await("every book has an owner", READY, server::isReady);
        return server;
    }

    private boolean isReady() {
        return support.getEnvironment()
                .healthChecks()
                .runHealthCheck("orders-books")
                .isHealthy();
    }

    public URI url() {
        return URI.create("http://localhost:" + support.getLocalPort());
    }

    public URI adminUrl() {
        return URI.create("http://localhost:" + support.getAdminPort());
    }

    /** A client of its own who sends requests here. */
    public OrdersClient client() {
        return OrdersClient.of(url(), identity);
    }

    /** An administrator. */
    public OrdersClient admin() {
        return OrdersClient.of(url(), identity, Caller.ADMIN);
    }

    /** The value of a series of this process, named with its labels as in the Prometheus text; 0 where there is none. */
    public double metric(String series) {
        return OrdersClient.metric(adminUrl(), series);
    }

    /** A client whose token another identity signed. */
    public OrdersClient clientOf(TestIdentity other) {
        return OrdersClient.of(url(), other);
    }

    /** Stops cleanly, as on a termination signal. */
    @Override
    public void close() {
        support.after();
    }
}
