package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulated market as clients see it, over HTTP. */
class SimulationIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int SYMBOLS = 7;
    private static final int QUOTES = 2 * 5;

    private static final TestIdentity IDENTITY = new TestIdentity();

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final Jdbi jdbi = database.jdbi();
    private final FakePortfolios portfolios = new FakePortfolios();
    private OrdersServer server;

    @BeforeEach
    void start() {
        server = start("orders-1", true);
    }

    @AfterEach
    void stop() {
        server.close();
        portfolios.close();
    }

    @AfterAll
    static void stopIdentity() {
        IDENTITY.close();
    }

    private OrdersServer start(String instanceId, boolean enabled) {
        return OrdersServer.start(
                instanceId,
                database,
                IDENTITY,
                portfolios,
                "orders.simulation.enabled=" + enabled,
                "orders.simulation.interval=50ms",
                "orders.simulation.lease=300ms",
                "orders.simulation.noise.every=300ms");
    }

    private long count(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private long standing() {
        return count("SELECT count(*) FROM open_orders");
    }

    private long trades() {
        return count("SELECT count(*) FROM trades");
    }

    private void awaitQuotes() {
        Eventually.await("quotes on all levels", SOON, () -> standing() == SYMBOLS * QUOTES);
    }

    private void awaitMoreTrades() {
        long before = trades();
        Eventually.await("more trades", SOON, () -> trades() > before);
    }

    @Test
    void aNewcomersOrdersFill() {
        awaitQuotes();
        OrdersClient newcomer = server.client();
        portfolios.give(newcomer.id(), "USD", "10000.00");

        Answer bought = newcomer.market("AAPL", "buy", 10);
        Eventually.await(
                "the shares have arrived",
                SOON,
                () -> portfolios.owned(newcomer.id(), "AAPL").intValueExact() == 10);
        Answer sold = newcomer.market("AAPL", "sell", 10);

        assertThat(bought.text("status")).isEqualTo("filled");
        assertThat(bought.body().path("average_price").asDouble()).isBetween(170.0, 180.0);
        assertThat(sold.text("status")).isEqualTo("filled");
    }

    @Test
    void everySymbolThatIsToBeSimulatedHasTwoSidesAndTheQuietOneNone() {
        awaitQuotes();
        awaitMoreTrades();

        JsonNode quotes = server.client().get("/api/v1/market_data").body().path("data");

        assertThat(quotes).hasSize(SYMBOLS + 1).allSatisfy(quote -> {
            boolean quiet = quote.path("symbol").asText().equals("ZQUIET");
            assertThat(quote.path("bid").isNull()).isEqualTo(quiet);
            assertThat(quote.path("ask").isNull()).isEqualTo(quiet);
        });
        assertThat(quotes)
                .anySatisfy(quote -> assertThat(quote.path("volume").asLong()).isPositive());
        assertThat(count("SELECT count(*) FROM orders WHERE symbol = 'ZQUIET'")).isZero();
    }

    @Test
    void noAgentEverMeetsItself() {
        awaitMoreTrades();
        awaitMoreTrades();

        assertThat(count("SELECT count(*) FROM orders WHERE reject_code IS NOT NULL"))
                .isZero();
        assertThat(count("SELECT count(*) FROM trades WHERE buy_client_id = sell_client_id"))
                .isZero();
    }

    @Test
    void anotherInstanceGoesOnWithTheSameQuotesWhenOneEnds() {
        awaitQuotes();
        OrdersServer first = server;
        server = start("orders-2", true);
        awaitMoreTrades();
        assertThat(count("SELECT count(*) FROM simulation_lease WHERE owner LIKE 'orders-1/%'"))
                .isEqualTo(1);

        first.close();

        Eventually.await(
                "the other instance simulates",
                SOON,
                () -> count("SELECT count(*) FROM simulation_lease WHERE owner LIKE 'orders-2/%'") == 1);
        awaitMoreTrades();
        awaitQuotes();
    }

    @Test
    void quotesAreWithdrawnWhereTheSimulationHasBeenSwitchedOff() {
        awaitQuotes();
        server.close();
        assertThat(standing()).isPositive();

        server = start("orders-1", false);

        Eventually.await("an empty book", SOON, () -> standing() == 0);
    }

    @Test
    void waitsForThePortfoliosServiceWithoutTryingOrderAfterOrder() {
        awaitQuotes();
        AtomicInteger looks = new AtomicInteger();
        portfolios.onBalance(looks::incrementAndGet);
        portfolios.mode(FakePortfolios.Mode.DOWN);
        Eventually.await("several looks whether the service is back", SOON, () -> looks.get() >= 4);

        assertThat(count("SELECT count(*) FROM orders WHERE reject_code = 'service_unavailable'"))
                .isEqualTo(1);
        portfolios.mode(FakePortfolios.Mode.UP);
        awaitMoreTrades();
    }
}
