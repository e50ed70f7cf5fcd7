package com.brokerx.portfolios;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.id.Ids;
import com.brokerx.facades.events.ClientEmailVerified;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.facades.http.FacadeSettings;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade;
import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveOutcome;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveRequest;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One order's way through the service, over HTTP, with the facade that the orders service uses. */
class FirstJourneyIT {

    private static RunningPortfolios service;
    private static PortfoliosFacade facade;

    @BeforeAll
    static void start() {
        service = RunningPortfolios.start();
        facade = new HttpPortfoliosFacade(new FacadeClient(
                "portfolios",
                FacadeSettings.to(service.url()),
                new Foundation().http(),
                "dev-internal-token",
                new FacadeMetrics(new CollectorRegistry())));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void takesADepositThroughToSharesAndSettledCash() {
        var buyer = service.client();
        var seller = service.client();
        assertThat(service.deliver(new ClientEmailVerified(buyer.id())).status())
                .isEqualTo(200);
        assertThat(buyer.post("/api/v1/deposits", "{\"amount\": \"1000.00\"}").status())
                .isEqualTo(201);
        facade.journal("stock", new PortfoliosFacade.JournalRequest(seller.id(), "AAPL", new BigDecimal(10), "stock"));
        UUID buy = Ids.next();
        UUID sell = Ids.next();

        List<ReserveOutcome> outcomes = facade.reserve(List.of(
                new ReserveRequest(buyer.id(), buy, new BigDecimal("800.00"), "USD", 1),
                new ReserveRequest(seller.id(), sell, new BigDecimal(4), "AAPL", 1)));
        assertThat(outcomes)
                .containsExactly(
                        new ReserveOutcome.Reserved(new BigDecimal("800.00"), new BigDecimal("200.00")),
                        new ReserveOutcome.Reserved(new BigDecimal(4), new BigDecimal(6)));
        assertThat(buyer.balances()).containsExactly("200.00", "800.00", "1000.00");

        var trade = new TradeExecuted(
                Ids.next(),
                "AAPL",
                1,
                new BigDecimal("175.50"),
                4,
                new BigDecimal("702.00"),
                "USD",
                new TradeExecuted.Leg(
                        buy, buyer.id(), BigDecimal.ZERO, 1, new BigDecimal("702.00"), new BigDecimal("702.00"), true),
                new TradeExecuted.Leg(
                        sell, seller.id(), BigDecimal.ZERO, 1, new BigDecimal(4), new BigDecimal(4), true),
                Instant.now());
        var delivered = service.deliver(trade);
        assertThat(delivered.json().path("refused")).isEmpty();

        assertThat(buyer.balances()).containsExactly("298.00", "0.00", "298.00");
        assertThat(seller.balances()).containsExactly("702.00", "0.00", "702.00");
        assertThat(facade.balance(buyer.id()).positions())
                .containsExactly(new PortfoliosFacade.Position("AAPL", 4, 4, 0));
        var position = buyer.get("/api/v1/portfolios/" + buyer.defaultPortfolioId() + "/positions")
                .json()
                .at("/data/0");
        assertThat(position.path("average_cost").asText()).isEqualTo("175.50");
        assertThat(position.path("market_value").asText()).isEqualTo("702.00");
        assertThat(position.path("unrealized_pnl").asText()).isEqualTo("0.00");
    }
}
