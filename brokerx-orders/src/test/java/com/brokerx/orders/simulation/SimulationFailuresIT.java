package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.Eventually;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulated market when something of it ends, or does not answer. */
class SimulationFailuresIT {

    private final SimulatedMarketRig market = new SimulatedMarketRig();
    private OrdersServer server;

    @BeforeEach
    void start() {
        server = market.start("orders-1", true);
        market.awaitQuotes();
    }

    @AfterEach
    void stop() {
        market.close();
    }

    @Test
    void anotherInstanceGoesOnWithTheSameQuotesWhenOneEnds() {
        market.start("orders-2", true);
        market.awaitMoreTrades();
        assertThat(market.count("simulation_lease WHERE owner LIKE 'orders-1/%'"))
                .isEqualTo(1);

        market.stop(server);

        Eventually.await(
                "the other instance simulates",
                SimulatedMarketRig.SOON,
                () -> market.count("simulation_lease WHERE owner LIKE 'orders-2/%'") == 1);
        market.awaitMoreTrades();
        market.awaitQuotes();
    }

    @Test
    void quotesAreWithdrawnWhereTheSimulationHasBeenSwitchedOff() {
        market.stop(server);
        assertThat(market.count("open_orders")).isPositive();

        market.start("orders-1", false);

        Eventually.await("an empty book", SimulatedMarketRig.SOON, () -> market.count("open_orders") == 0);
    }

    @Test
    void waitsForThePortfoliosServiceWithoutTryingOrderAfterOrder() {
        AtomicInteger looks = new AtomicInteger();
        market.portfolios.onBalance(looks::incrementAndGet);
        market.portfolios.mode(FakePortfolios.Mode.DOWN);
        Eventually.await("several looks whether the service is back", SimulatedMarketRig.SOON, () -> looks.get() >= 4);

        assertThat(market.count("orders WHERE reject_code = 'service_unavailable'"))
                .isEqualTo(1);
        market.portfolios.mode(FakePortfolios.Mode.UP);
        market.awaitMoreTrades();
    }
}
