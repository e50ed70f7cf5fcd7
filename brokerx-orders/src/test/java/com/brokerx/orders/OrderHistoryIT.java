package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client finds again of orders and trades, and everybody of the market. */
@ExtendWith(SharedOrders.class)
class OrderHistoryIT {

    private static final String SYMBOL = "ZQUIET";

    private final RunningOrders orders;

    OrderHistoryIT(RunningOrders orders) {
        this.orders = orders;
    }

    @Test
    void theEventLogTellsEverythingInOrder() {
        OrdersClient seller = orders.seller();
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 10, "99.00").id();
        buyer.replace(order, "{\"quantity\":8}");
        seller.limit(SYMBOL, "sell", 3, "99.00");
        buyer.cancel(order);

        JsonNode log = buyer.get("/api/v1/orders/events").body().path("data");

        assertThat(log)
                .extracting(e -> e.path("event").asText())
                .containsExactly("new", "replaced", "partial_fill", "cancelled");
        assertThat(log).extracting(e -> e.path("sequence").asLong()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(log)
                .extracting(e -> e.path("order").path("status").asText())
                .containsExactly("working", "working", "partially_filled", "cancelled");
        assertThat(log.get(2).path("execution").path("quantity").asLong()).isEqualTo(3);
        assertThat(log.get(3).path("order").path("filled_quantity").asLong()).isEqualTo(3);
        JsonNode rest = buyer.get("/api/v1/orders/events?after=2&limit=1").body();
        assertThat(rest.path("data"))
                .extracting(e -> e.path("sequence").asLong())
                .containsExactly(3L);
        assertThat(rest.path("meta").path("next_cursor").asText()).isEqualTo("3");
        assertThat(buyer.get("/api/v1/orders/events?cursor=3").body().path("data"))
                .extracting(e -> e.path("sequence").asLong())
                .containsExactly(4L);
    }

    @Test
    void buyerAndSellerSeeTheSameTradeAndTheTapeShowsIt() {
        OrdersClient seller = orders.seller();
        OrdersClient buyer = orders.buyer();
        UUID sell = seller.limit(SYMBOL, "sell", 3, "101.00").id();
        buyer.limit(SYMBOL, "buy", 3, "101.00");

        JsonNode bought = buyer.get("/api/v1/trades").body().path("data").get(0);
        JsonNode sold = seller.get("/api/v1/trades").body().path("data").get(0);

        assertThat(bought.path("id")).isEqualTo(sold.path("id"));
        assertThat(bought.path("liquidity").asText()).isEqualTo("taker");
        assertThat(sold.path("liquidity").asText()).isEqualTo("maker");
        assertThat(bought.path("total").asText()).isEqualTo("303.00");
        assertThat(sold.path("order_id").asText()).isEqualTo(sell.toString());
        String trade = "/api/v1/trades/" + bought.path("id").asText();
        assertThat(buyer.get(trade).body()).isEqualTo(bought);
        assertThat(seller.get(trade).body()).isEqualTo(sold);
        assertThat(orders.buyer().get(trade).status()).isEqualTo(404);
        JsonNode tape = buyer.get("/api/v1/market_data/ZQUIET/trades?limit=1")
                .body()
                .path("data")
                .get(0);
        assertThat(tape.path("id")).isEqualTo(bought.path("id"));
        assertThat(tape.path("taker_direction").asText()).isEqualTo("buy");
    }

    @Test
    void reportsAreFoundByOrderAndById() {
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 1, "90.00").id();
        buyer.cancel(order);

        JsonNode reports =
                buyer.get("/api/v1/orders/" + order + "/executions").body().path("data");

        assertThat(reports).extracting(e -> e.path("report_type").asText()).containsExactly("cancelled", "new");
        String one = "/api/v1/executions/" + reports.get(1).path("id").asText();
        assertThat(buyer.get(one).body()).isEqualTo(reports.get(1));
        assertThat(orders.buyer().get(one).status()).isEqualTo(404);
        assertThat(buyer.get("/api/v1/executions").body().path("data")).hasSize(2);
    }

    @Test
    void listsAreFilteredAndPaged() {
        OrdersClient buyer = orders.buyer();
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            placed.addFirst(buyer.limit(SYMBOL, "buy", 1, "90.00", "client_order_id=n" + i)
                    .id()
                    .toString());
        }
        buyer.cancel(UUID.fromString(placed.getLast()));

        JsonNode first = buyer.get("/api/v1/orders?limit=3").body();
        JsonNode second = buyer.get("/api/v1/orders?limit=3&cursor="
                        + first.path("meta").path("next_cursor").asText())
                .body();

        List<String> seen = new ArrayList<>();
        first.path("data").forEach(order -> seen.add(order.path("id").asText()));
        second.path("data").forEach(order -> seen.add(order.path("id").asText()));
        assertThat(seen).isEqualTo(placed);
        assertThat(second.path("meta").path("next_cursor").isNull()).isTrue();
        assertThat(buyer.get("/api/v1/orders?status=working").body().path("data"))
                .hasSize(4);
        assertThat(buyer.get("/api/v1/orders?client_order_id=n2").body().path("data"))
                .hasSize(1);
        assertThat(buyer.get("/api/v1/orders?symbol=AAPL").body().path("data")).isEmpty();
        assertThat(buyer.get("/api/v1/orders?updated_after=2999-01-01T00:00:00Z")
                        .body()
                        .path("data"))
                .isEmpty();
        assertThat(buyer.get("/api/v1/orders?status=nonsense").status()).isEqualTo(422);
    }

    @Test
    void marketDataShowsTheRealBook() {
        OrdersClient seller = orders.seller();
        OrdersClient buyer = orders.buyer();
        seller.limit(SYMBOL, "sell", 1, "100.00");
        buyer.limit(SYMBOL, "buy", 1, "100.00");
        seller.limit(SYMBOL, "sell", 7, "101.00");
        buyer.limit(SYMBOL, "buy", 5, "98.50");
        buyer.limit(SYMBOL, "buy", 6, "98.00");

        JsonNode data = buyer.get("/api/v1/market_data/ZQUIET?depth=1").body().path("data");

        assertThat(data.path("quote").path("bid").asText()).isEqualTo("98.50");
        assertThat(data.path("quote").path("ask").asText()).isEqualTo("101.00");
        assertThat(data.path("quote").path("mid").asText()).isEqualTo("99.75");
        assertThat(data.path("quote").path("last").asText()).isEqualTo("100.00");
        assertThat(data.path("quote").path("volume").asLong()).isPositive();
        assertThat(data.path("orderbook").path("bids").toString()).isEqualTo("[[\"98.50\",5]]");
        assertThat(data.path("orderbook").path("asks").toString()).isEqualTo("[[\"101.00\",7]]");
        JsonNode bars =
                buyer.get("/api/v1/market_data/ZQUIET/bars?interval=1d").body().path("data");
        assertThat(bars.get(0).path("volume").asLong()).isPositive();
        assertThat(buyer.get("/api/v1/market_data").body().path("data")).hasSize(8);
        assertThat(buyer.get("/api/v1/instruments").body().path("data")).hasSize(8);
        assertThat(symbols(buyer, "/api/v1/instruments"))
                .containsExactlyElementsOf(symbols(buyer, "/api/v1/market_data"))
                .hasSize(8)
                .isSorted();
        assertThat(buyer.get("/api/v1/market_data/NOSUCH").status()).isEqualTo(404);
    }

    @Test
    void aBarThatStartsAFractionOfASecondBeforeTheEndIsThere() {
        OrdersClient buyer = orders.buyer();
        orders.seller().limit(SYMBOL, "sell", 1, "100.00");
        buyer.limit(SYMBOL, "buy", 1, "100.00");
        Instant start = bars(buyer, "").getFirst();

        assertThat(bars(buyer, "&to=" + start.plusNanos(1))).first().isEqualTo(start);
        assertThat(bars(buyer, "&to=" + start.plusMillis(500))).first().isEqualTo(start);
        assertThat(bars(buyer, "&to=" + start)).doesNotContain(start);
    }

    /** When the bars of a minute start, newest first. */
    private static List<Instant> bars(OrdersClient client, String parameters) {
        OrdersClient.Answer answer = client.get("/api/v1/market_data/ZQUIET/bars?interval=1m" + parameters);
        assertThat(answer.status()).isEqualTo(200);
        List<Instant> starts = new ArrayList<>();
        answer.body()
                .path("data")
                .forEach(bar -> starts.add(Instant.parse(bar.path("start").asText())));
        return starts;
    }

    @Test
    void whatBelongsToSomebodyElseIsNotThere() {
        UUID order = orders.buyer().limit(SYMBOL, "buy", 1, "90.00").id();
        OrdersClient stranger = orders.buyer();

        assertThat(stranger.order(order).status()).isEqualTo(404);
        assertThat(stranger.cancel(order).status()).isEqualTo(404);
        assertThat(stranger.replace(order, "{\"quantity\":2}").status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/orders/" + order + "/executions").status())
                .isEqualTo(404);
    }

    /** Page by page. */
    private static List<String> symbols(OrdersClient client, String list) {
        List<String> symbols = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get(list + "?limit=3&cursor=" + cursor).body();
            assertThat(page.at("/meta/count").asInt())
                    .isEqualTo(page.path("data").size());
            page.path("data").forEach(row -> symbols.add(row.path("symbol").asText()));
            cursor = page.at("/meta/next_cursor").textValue();
        } while (cursor != null);
        return symbols;
    }
}
