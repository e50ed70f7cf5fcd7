package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stop, stop-limit, and post-only orders, and what replacements change about orders, over HTTP. */
@ExtendWith(SharedOrders.class)
class OrderTypesIT {

    private static final String SYMBOL = "ZQUIET";

    private final RunningOrders orders;
    private final FakePortfolios portfolios;

    OrderTypesIT(RunningOrders orders) {
        this.orders = orders;
        this.portfolios = orders.portfolios();
    }

    /** Each story begins after a trade at 100. */
    @BeforeEach
    void tradeAt100() {
        trade("100.00");
    }

    private OrdersClient client() {
        return orders.client("USD", "100000.00", SYMBOL, "1000");
    }

    private void trade(String price) {
        client().limit(SYMBOL, "sell", 1, price);
        assertThat(client().limit(SYMBOL, "buy", 1, price).text("status")).isEqualTo("filled");
    }

    private static List<String> reportsOf(OrdersClient client, UUID order) {
        JsonNode reports =
                client.get("/api/v1/orders/" + order + "/executions").body().path("data");
        List<String> types = new ArrayList<>();
        reports.forEach(report -> types.addFirst(report.path("report_type").asText()));
        return types;
    }

    @Test
    void aStopOrderWaitsUntilATradeReachesItsPriceAndThenTradesAtTheMarket() {
        OrdersClient buyer = client();

        Answer waiting = buyer.stop(SYMBOL, "buy", 10, "105.00");

        assertThat(waiting.status()).isEqualTo(201);
        assertThat(waiting.text("status")).isEqualTo("working");
        assertThat(waiting.text("stop_price")).isEqualTo("105.00");
        assertThat(waiting.text("price")).isNull();
        assertThat(waiting.text("triggered_at")).isNull();
        // The collar: five per cent above the stop price.
        assertThat(waiting.text("reserved_amount")).isEqualTo("1102.50");
        assertThat(portfolios.held(buyer.id(), "USD")).isEqualByComparingTo("1102.50");
        assertThat(buyer.get("/api/v1/market_data/ZQUIET").body().at("/data/orderbook/bids"))
                .isEmpty();

        trade("104.99");
        assertThat(buyer.order(waiting.id()).text("status")).isEqualTo("working");
        client().limit(SYMBOL, "sell", 20, "106.00");
        trade("105.00");

        Answer filled = buyer.order(waiting.id());
        assertThat(filled.text("status")).isEqualTo("filled");
        assertThat(filled.text("average_price")).isEqualTo("106.00");
        assertThat(filled.text("triggered_at")).isNotNull();
        assertThat(reportsOf(buyer, waiting.id())).containsExactly("new", "triggered", "fill");
        JsonNode log = buyer.get("/api/v1/orders/events").body().path("data");
        assertThat(log.get(0).at("/order/triggered_at").isNull()).isTrue();
        assertThat(log.get(1).at("/order/triggered_at").isNull()).isFalse();
        orders.awaitHeld(buyer, "USD", "0");
        assertThat(portfolios.owned(buyer.id(), "USD")).isEqualByComparingTo("98940.00");
    }

    @Test
    void anOcoOrderSellsAtItsPriceAndItsStopPriceIsForgotten() {
        OrdersClient seller = client();
        Answer placed = seller.oco(SYMBOL, "sell", 10, "105.00", "95.00");

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.text("order_type")).isEqualTo("oco");
        assertThat(placed.text("status")).isEqualTo("working");
        assertThat(placed.text("price")).isEqualTo("105.00");
        assertThat(placed.text("stop_price")).isEqualTo("95.00");
        assertThat(placed.text("reserved_amount")).isEqualTo("10");
        orders.awaitHeld(seller, SYMBOL, "10");
        assertThat(seller.get("/api/v1/market_data/ZQUIET")
                        .body()
                        .at("/data/orderbook/asks")
                        .toString())
                .isEqualTo("[[\"105.00\",10]]");

        client().limit(SYMBOL, "buy", 10, "105.00");
        trade("95.00");

        assertThat(seller.order(placed.id()).text("status")).isEqualTo("filled");
        assertThat(seller.order(placed.id()).text("triggered_at")).isNull();
        assertThat(reportsOf(seller, placed.id())).containsExactly("new", "fill");
        orders.awaitHeld(seller, SYMBOL, "0");
        assertThat(portfolios.owned(seller.id(), SYMBOL)).isEqualByComparingTo("990");
    }

    @Test
    void whatAnOcoOrderSoldAtItsPriceItsStopPriceDoesNotSellAgain() {
        OrdersClient seller = client();
        UUID order = seller.oco(SYMBOL, "sell", 10, "105.00", "95.00").id();
        client().limit(SYMBOL, "buy", 4, "105.00");
        orders.awaitHeld(seller, SYMBOL, "6");
        assertThat(seller.replace(order, "{\"stop_price\":\"96.00\"}").text("stop_price"))
                .isEqualTo("96.00");
        OrdersClient bidder = client();
        bidder.limit(SYMBOL, "buy", 20, "94.00");

        trade("96.00");

        Answer ended = seller.order(order);
        assertThat(ended.text("status")).isEqualTo("filled");
        assertThat(ended.text("triggered_at")).isNotNull();
        assertThat(ended.text("average_price")).isEqualTo("98.40");
        assertThat(reportsOf(seller, order)).containsExactly("new", "partial_fill", "replaced", "triggered", "fill");
        assertThat(bidder.get("/api/v1/market_data/ZQUIET").body().at("/data/orderbook/asks"))
                .isEmpty();
        orders.awaitHeld(seller, SYMBOL, "0");
        assertThat(portfolios.owned(seller.id(), SYMBOL)).isEqualByComparingTo("990");
    }

    @Test
    void anOcoOrderIsForSalesAndCannotBePostOnly() {
        OrdersClient client = client();

        assertThat(client.oco(SYMBOL, "buy", 1, "95.00", "105.00").text("code")).isEqualTo("invalid_order_type");
        assertThat(client.oco(SYMBOL, "sell", 1, "95.00", "105.00").text("code"))
                .isEqualTo("invalid_stop_price");
        assertThat(client.oco(SYMBOL, "sell", 1, "105.00", "95.00", "post_only=true")
                        .text("code"))
                .isEqualTo("invalid_post_only");
        assertThat(client.oco(SYMBOL, "sell", 1, "105.00", "95.00", "time_in_force=IOC")
                        .text("code"))
                .isEqualTo("invalid_time_in_force");
    }

    @Test
    void aStopOrderNeverTradesThroughItsCollar() {
        OrdersClient seller = client();
        UUID order = seller.stop(SYMBOL, "sell", 10, "95.00").id();
        orders.awaitHeld(seller, SYMBOL, "10");
        OrdersClient bidder = client();
        bidder.limit(SYMBOL, "buy", 4, "94.00");
        bidder.limit(SYMBOL, "buy", 20, "90.00");

        trade("95.00");

        Answer ended = seller.order(order);
        assertThat(ended.text("status")).isEqualTo("cancelled");
        assertThat(ended.text("reject_code")).isEqualTo("no_liquidity");
        assertThat(ended.body().path("filled_quantity").asLong()).isEqualTo(4);
        orders.awaitHeld(seller, SYMBOL, "0");
    }

    @Test
    void aStopLimitOrderRestsAtItsLimitOnceItIsTriggered() {
        OrdersClient buyer = client();
        Answer waiting = buyer.stopLimit(SYMBOL, "buy", 10, "102.00", "103.00");
        assertThat(waiting.text("reserved_amount")).isEqualTo("1030.00");

        trade("102.00");

        Answer resting = buyer.order(waiting.id());
        assertThat(resting.text("status")).isEqualTo("working");
        assertThat(resting.text("triggered_at")).isNotNull();
        assertThat(buyer.get("/api/v1/market_data/ZQUIET")
                        .body()
                        .at("/data/orderbook/bids/0")
                        .toString())
                .isEqualTo("[\"103.00\",10]");
        assertThat(client().limit(SYMBOL, "sell", 4, "103.00").text("status")).isEqualTo("filled");
        assertThat(buyer.order(waiting.id()).text("status")).isEqualTo("partially_filled");
        orders.awaitHeld(buyer, "USD", "618.00");
    }

    @Test
    void anOrderWhoseStopPriceWasReachedBeforeIsTriggeredAtOnce() {
        client().limit(SYMBOL, "sell", 5, "101.00");

        Answer order = client().stop(SYMBOL, "buy", 5, "99.00");

        assertThat(order.status()).isEqualTo(201);
        assertThat(order.text("status")).isEqualTo("filled");
    }

    @Test
    void aStopPriceMayBeReplacedUntilItIsReached() {
        OrdersClient buyer = client();
        UUID order = buyer.stop(SYMBOL, "buy", 10, "105.00").id();

        Answer moved = buyer.replace(order, "{\"stop_price\":\"110.00\"}");
        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.text("stop_price")).isEqualTo("110.00");
        assertThat(moved.text("reserved_amount")).isEqualTo("1155.00");
        orders.awaitHeld(buyer, "USD", "1155.00");
        trade("105.00");
        assertThat(buyer.order(order).text("status")).isEqualTo("working");

        Answer priced = buyer.replace(order, "{\"price\":\"111.00\"}");
        assertThat(priced.text("code")).isEqualTo("invalid_price");
        Answer lower = buyer.replace(order, "{\"stop_price\":\"106.00\",\"quantity\":5}");
        assertThat(lower.text("reserved_amount")).isEqualTo("556.50");
        orders.awaitHeld(buyer, "USD", "556.50");
    }

    @Test
    void aTriggeredOrderHasNoStopPriceToReplace() {
        OrdersClient buyer = client();
        UUID order = buyer.stopLimit(SYMBOL, "buy", 10, "102.00", "103.00").id();
        trade("102.00");

        Answer refused = buyer.replace(order, "{\"stop_price\":\"104.00\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("invalid_stop_price");
        assertThat(buyer.replace(order, "{\"price\":\"104.00\"}").text("reserved_amount"))
                .isEqualTo("1040.00");
        orders.awaitHeld(buyer, "USD", "1040.00");
    }

    @Test
    void aPostOnlyOrderIsRefusedRatherThanToTradeAtOnce() {
        client().limit(SYMBOL, "sell", 5, "101.00");
        OrdersClient buyer = client();

        Answer refused = buyer.limit(SYMBOL, "buy", 5, "101.00", "post_only=true");
        Answer resting = buyer.limit(SYMBOL, "buy", 5, "100.99", "post_only=true");
        Answer crossing = buyer.replace(resting.id(), "{\"price\":\"101.00\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("post_only_would_cross");
        assertThat(buyer.order(refused.orderId()).text("status")).isEqualTo("rejected");
        assertThat(resting.text("status")).isEqualTo("working");
        assertThat(resting.body().path("post_only").asBoolean()).isTrue();
        assertThat(crossing.status()).isEqualTo(422);
        assertThat(crossing.text("code")).isEqualTo("post_only_would_cross");
        assertThat(buyer.order(resting.id()).text("price")).isEqualTo("100.99");
        orders.awaitHeld(buyer, "USD", "504.95");
    }

    @Test
    void amendmentsTellWhatEachReplacementChanged() {
        OrdersClient buyer = client();
        UUID order =
                buyer.limit(SYMBOL, "buy", 10, "90.00", "time_in_force=GTC").id();
        buyer.replace(order, "{\"quantity\":8}");
        client().limit(SYMBOL, "sell", 3, "90.00");
        buyer.replace(order, """
                {"price":"91.00","time_in_force":"GTD","expires_at":"%s"}""".formatted(Instant.now().plusSeconds(3_600)));
        assertThat(buyer.replace(order, "{\"quantity\":3}").text("code")).isEqualTo("invalid_quantity");

        JsonNode amendments =
                buyer.get("/api/v1/orders/" + order + "/amendments").body();

        assertThat(amendments.path("data")).hasSize(2);
        JsonNode second = amendments.path("data").get(0);
        assertThat(second.at("/before/price").asText()).isEqualTo("90.00");
        assertThat(second.at("/after/price").asText()).isEqualTo("91.00");
        assertThat(second.at("/before/time_in_force").asText()).isEqualTo("GTC");
        assertThat(second.at("/after/time_in_force").asText()).isEqualTo("GTD");
        assertThat(second.at("/before/expires_at").isNull()).isTrue();
        assertThat(second.at("/after/expires_at").isNull()).isFalse();
        assertThat(second.path("filled_quantity").asLong()).isEqualTo(3);
        JsonNode first = amendments.path("data").get(1);
        assertThat(first.at("/before/quantity").asLong()).isEqualTo(10);
        assertThat(first.at("/after/quantity").asLong()).isEqualTo(8);
        JsonNode page =
                buyer.get("/api/v1/orders/" + order + "/amendments?limit=1").body();
        assertThat(page.path("data").get(0)).isEqualTo(second);
        String next = page.at("/meta/next_cursor").asText();
        assertThat(buyer.get("/api/v1/orders/" + order + "/amendments?limit=1&cursor=" + next)
                        .body()
                        .path("data")
                        .get(0))
                .isEqualTo(first);
        assertThat(client().get("/api/v1/orders/" + order + "/amendments").status())
                .isEqualTo(404);
    }
}
