package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simulated market as clients see it, over HTTP. */
class SimulationIT {

    private static final SimulatedMarketRig MARKET = new SimulatedMarketRig();
    private static OrdersServer server;

    @BeforeAll
    static void start() {
        server = MARKET.start("orders-1", true);
    }

    @AfterAll
    static void stop() {
        MARKET.close();
    }

    @Test
    void aNewcomersOrdersFill() {
        MARKET.awaitQuotes();
        OrdersClient newcomer = server.client();
        MARKET.portfolios.give(newcomer.id(), "USD", "10000.00");

        Answer bought = newcomer.market("AAPL", "buy", 10);
        Eventually.await(
                "the shares have arrived",
                SimulatedMarketRig.SOON,
                () -> MARKET.portfolios.owned(newcomer.id(), "AAPL").intValueExact() == 10);
        Answer sold = newcomer.market("AAPL", "sell", 10);

        assertThat(bought.text("status")).isEqualTo("filled");
        assertThat(bought.body().path("average_price").asDouble()).isBetween(170.0, 180.0);
        assertThat(sold.text("status")).isEqualTo("filled");
    }

    @Test
    void everySymbolThatIsToBeSimulatedHasTwoSidesAndTheQuietOneNone() {
        MARKET.awaitQuotes();
        MARKET.awaitMoreTrades();

        JsonNode quotes = server.client().get("/api/v1/market_data").body().path("data");

        assertThat(quotes).hasSize(SimulatedMarketRig.SYMBOLS + 1).allSatisfy(quote -> {
            boolean quiet = quote.path("symbol").asText().equals("ZQUIET");
            assertThat(quote.path("bid").isNull()).isEqualTo(quiet);
            assertThat(quote.path("ask").isNull()).isEqualTo(quiet);
        });
        assertThat(MARKET.count("orders WHERE symbol = 'ZQUIET'")).isZero();
    }

    @Test
    void lastPriceVolumeAndBarsMoveTogether() {
        MARKET.awaitMoreTrades();
        OrdersClient client = server.client();
        String symbol = client.get("/api/v1/market_data")
                .body()
                .path("data")
                .valueStream()
                .filter(quote -> quote.path("volume").asLong() > 0)
                .findFirst()
                .orElseThrow()
                .path("symbol")
                .asText();

        JsonNode bar = client.get("/api/v1/market_data/" + symbol + "/bars?interval=1d")
                .body()
                .path("data")
                .path(0);
        JsonNode quote =
                client.get("/api/v1/market_data/" + symbol).body().path("data").path("quote");

        assertThat(bar.path("volume").asLong())
                .isPositive()
                .isLessThanOrEqualTo(quote.path("volume").asLong());
        assertThat(amount(bar, "low")).isPositive().isLessThanOrEqualTo(amount(bar, "high"));
        assertThat(amount(quote, "change"))
                .isEqualByComparingTo(amount(quote, "last").subtract(MARKET.referencePrice(symbol)));
    }

    private static BigDecimal amount(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText());
    }

    @Test
    void noAgentEverMeetsItselfOrIsRefused() {
        MARKET.awaitMoreTrades();
        MARKET.awaitMoreTrades();

        assertThat(MARKET.count("orders WHERE reject_code IS NOT NULL")).isZero();
        assertThat(MARKET.count("trades WHERE buy_client_id = sell_client_id")).isZero();
    }
}
