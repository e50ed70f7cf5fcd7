package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.brokerx.facades.events.OrdersReported;
import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees of an order's life, over HTTP. */
class OrderJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SYMBOL = "ZQUIET";

    private static final TestIdentity IDENTITY = new TestIdentity();
    private static final FakePortfolios PORTFOLIOS = new FakePortfolios();
    private static OrdersServer server;
    private static final List<OrdersClient> CLIENTS = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = OrdersServer.start(
                "orders-1",
                TestDatabase.migrated("orders/migrations.xml"),
                IDENTITY,
                PORTFOLIOS,
                "orders.reports.gatherFor=1500ms");
    }

    @AfterAll
    static void stop() {
        server.close();
        PORTFOLIOS.close();
        IDENTITY.close();
    }

    @AfterEach
    void clearTheBook() {
        CLIENTS.forEach(client -> client.post("/api/v1/orders/cancel_all", "{}"));
        CLIENTS.clear();
        assertThat(PORTFOLIOS.complaints()).isEmpty();
    }

    private static OrdersClient clientWith(String asset, String amount) {
        OrdersClient client = server.client();
        PORTFOLIOS.give(client.id(), asset, amount);
        CLIENTS.add(client);
        return client;
    }

    private static OrdersClient buyer() {
        return clientWith("USD", "100000.00");
    }

    private static OrdersClient seller() {
        return clientWith(SYMBOL, "1000");
    }

    private static void awaitHeld(OrdersClient client, String asset, String amount) {
        Eventually.await(
                "%s %s held".formatted(amount, asset),
                SOON,
                () -> PORTFOLIOS.held(client.id(), asset).compareTo(new BigDecimal(amount)) == 0);
    }

    @Test
    void aBuyAboveTheAskFillsAtTheAskAndTheDifferenceIsFreeAgain() {
        OrdersClient seller = clientWith(SYMBOL, "10");
        OrdersClient buyer = clientWith("USD", "2000.00");

        Answer sell = seller.limit(SYMBOL, "sell", 10, "100.00");
        Answer buy = buyer.limit(SYMBOL, "buy", 10, "110.00");

        assertThat(sell.status()).isEqualTo(201);
        assertThat(sell.header("Location")).endsWith("/api/v1/orders/" + sell.id());
        assertThat(sell.text("status")).isEqualTo("working");
        assertThat(buy.status()).isEqualTo(201);
        assertThat(buy.body().path("success").asBoolean()).isTrue();
        assertThat(buy.text("status")).isEqualTo("filled");
        assertThat(buy.text("average_price")).isEqualTo("100.00");
        assertThat(buy.text("reserved_amount")).isEqualTo("0.00");
        awaitHeld(buyer, "USD", "0");
        assertThat(PORTFOLIOS.owned(buyer.id(), "USD")).isEqualByComparingTo("1000.00");
        assertThat(PORTFOLIOS.owned(buyer.id(), SYMBOL)).isEqualByComparingTo("10");
        assertThat(seller.order(sell.id()).text("status")).isEqualTo("filled");
    }

    @ParameterizedTest
    @CsvSource({"buy,USD,99.99,insufficient_funds", "sell,ZQUIET,0,insufficient_shares"})
    void whatOneDoesNotHaveIsRefusedKeptAndHoldsNothing(String direction, String asset, String has, String code) {
        OrdersClient client = clientWith(asset, has);

        Answer refused = client.limit(SYMBOL, direction, 1, "100.00");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.text("code")).isEqualTo(code);
        Answer kept = client.order(refused.orderId());
        assertThat(kept.text("status")).isEqualTo("rejected");
        assertThat(kept.text("reject_code")).isEqualTo(code);
        assertThat(PORTFOLIOS.held(client.id(), asset)).isZero();
    }

    @Test
    void aCancelFreesTheHoldAndMayBeRepeated() {
        OrdersClient buyer = buyer();
        Answer placed = buyer.limit(SYMBOL, "buy", 2, "90.00");
        assertThat(PORTFOLIOS.held(buyer.id(), "USD")).isEqualByComparingTo("180.00");

        Answer cancelled = buyer.cancel(placed.id());
        Answer again = buyer.delete("/api/v1/orders/" + placed.id());

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(cancelled.body());
        awaitHeld(buyer, "USD", "0");
    }

    @Test
    void aFilledOrderCannotBeCancelled() {
        seller().limit(SYMBOL, "sell", 1, "100.00");
        OrdersClient buyer = buyer();
        Answer filled = buyer.limit(SYMBOL, "buy", 1, "100.00");

        Answer refused = buyer.cancel(filled.id());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("invalid_state");
        assertThat(refused.text("order_status")).isEqualTo("filled");
    }

    @Test
    void aReplaceMovesTheHoldUpAndDown() {
        OrdersClient buyer = buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        Answer more = buyer.replace(order, "{\"quantity\":20}");
        assertThat(more.status()).isEqualTo(200);
        assertThat(more.text("reserved_amount")).isEqualTo("1800.00");
        awaitHeld(buyer, "USD", "1800.00");

        Answer cheaper = buyer.replace(order, "{\"price\":\"85.00\"}");
        assertThat(cheaper.text("price")).isEqualTo("85.00");
        awaitHeld(buyer, "USD", "1700.00");

        Answer less = buyer.replace(order, "{\"quantity\":5,\"price\":95}");
        assertThat(less.text("reserved_amount")).isEqualTo("475.00");
        awaitHeld(buyer, "USD", "475.00");

        buyer.cancel(order);
        awaitHeld(buyer, "USD", "0");
    }

    @Test
    void aReplaceThatCannotBePaidChangesNothing() {
        OrdersClient buyer = clientWith("USD", "1000.00");
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        Answer refused = buyer.replace(order, "{\"quantity\":12}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("insufficient_funds");
        assertThat(buyer.order(order).body().path("quantity").asLong()).isEqualTo(10);
        assertThat(PORTFOLIOS.held(buyer.id(), "USD")).isEqualByComparingTo("900.00");
        assertThat(buyer.replace(order, "{\"quantity\":11}").status()).isEqualTo(200);
    }

    @Test
    void lessQuantityAloneKeepsThePlaceInTheQueue() {
        OrdersClient first = seller();
        OrdersClient second = seller();
        UUID early = first.limit(SYMBOL, "sell", 10, "100.00").id();
        UUID late = second.limit(SYMBOL, "sell", 10, "100.00").id();

        first.replace(early, "{\"quantity\":5}");
        buyer().limit(SYMBOL, "buy", 5, "100.00");

        assertThat(first.order(early).text("status")).isEqualTo("filled");
        assertThat(second.order(late).text("status")).isEqualTo("working");
    }

    @Test
    void aReplacedOrderThatCrossesTradesAtTheRestingPrice() {
        seller().limit(SYMBOL, "sell", 4, "100.00");
        OrdersClient buyer = buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        Answer replaced = buyer.replace(order, "{\"price\":\"105.00\"}");

        assertThat(replaced.text("status")).isEqualTo("partially_filled");
        assertThat(replaced.text("average_price")).isEqualTo("100.00");
        assertThat(replaced.text("reserved_amount")).isEqualTo("630.00");
        awaitHeld(buyer, "USD", "630.00");
    }

    @Test
    void aStaleClientVersionIsAConflict() {
        OrdersClient buyer = buyer();
        Answer placed = buyer.limit(SYMBOL, "buy", 10, "90.00");
        int version = placed.body().path("lock_version").asInt();
        buyer.replace(placed.id(), "{\"quantity\":9,\"client_version\":%d}".formatted(version));

        Answer replace = buyer.replace(placed.id(), "{\"quantity\":8,\"client_version\":%d}".formatted(version));
        Answer cancel =
                buyer.post("/api/v1/orders/" + placed.id() + "/cancel", "{\"client_version\":%d}".formatted(version));

        assertThat(replace.status()).isEqualTo(409);
        assertThat(replace.text("code")).isEqualTo("version_conflict");
        assertThat(cancel.status()).isEqualTo(409);
        assertThat(buyer.order(placed.id()).body().path("quantity").asLong()).isEqualTo(9);
    }

    @Test
    void aMarketOrderTradesWithinItsCollarAndNeverRests() {
        OrdersClient seller = seller();
        seller.limit(SYMBOL, "sell", 5, "100.00");
        seller.limit(SYMBOL, "sell", 5, "110.00");
        OrdersClient buyer = buyer();

        Answer order = buyer.market(SYMBOL, "buy", 10);

        assertThat(order.status()).isEqualTo(201);
        assertThat(order.text("status")).isEqualTo("cancelled");
        assertThat(order.text("reject_code")).isEqualTo("no_liquidity");
        assertThat(order.body().path("price").isNull()).isTrue();
        assertThat(order.body().path("filled_quantity").asLong()).isEqualTo(5);
        awaitHeld(buyer, "USD", "0");
        assertThat(PORTFOLIOS.owned(buyer.id(), "USD")).isEqualByComparingTo("99500.00");
    }

    @Test
    void aMarketOrderWithNobodyToTradeWithIsRefusedAndKept() {
        OrdersClient buyer = buyer();

        Answer refused = buyer.market("AAPL", "buy", 1);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("no_liquidity");
        assertThat(buyer.order(refused.orderId()).text("status")).isEqualTo("rejected");
    }

    @ParameterizedTest
    @CsvSource({"IOC,cancelled,4", "FOK,cancelled,0", "GTC,partially_filled,4", "DAY,partially_filled,4"})
    void timeInForceDecidesAboutTheRest(String timeInForce, String status, long filled) {
        seller().limit(SYMBOL, "sell", 4, "100.00");

        Answer order = buyer().limit(SYMBOL, "buy", 10, "100.00", "time_in_force=" + timeInForce);

        assertThat(order.status()).isEqualTo(201);
        assertThat(order.text("status")).isEqualTo(status);
        assertThat(order.body().path("filled_quantity").asLong()).isEqualTo(filled);
    }

    @Test
    void anOrderAgainstOnesOwnIsCancelledAndKeepsItsEarlierFills() {
        OrdersClient both = buyer();
        PORTFOLIOS.give(both.id(), SYMBOL, "10");
        seller().limit(SYMBOL, "sell", 3, "99.00");
        both.limit(SYMBOL, "sell", 10, "100.00");

        Answer order = both.limit(SYMBOL, "buy", 10, "100.00");

        assertThat(order.status()).isEqualTo(201);
        assertThat(order.text("status")).isEqualTo("cancelled");
        assertThat(order.text("reject_code")).isEqualTo("self_trade");
        assertThat(order.body().path("filled_quantity").asLong()).isEqualTo(3);
    }

    @Test
    void theEventLogTellsEverythingInOrder() {
        OrdersClient seller = seller();
        OrdersClient buyer = buyer();
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
    }

    @Test
    void buyerAndSellerSeeTheSameTradeAndTheTapeShowsIt() {
        OrdersClient seller = seller();
        OrdersClient buyer = buyer();
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
        assertThat(buyer().get(trade).status()).isEqualTo(404);
        JsonNode tape = buyer.get("/api/v1/market_data/ZQUIET/trades?limit=1")
                .body()
                .path("data")
                .get(0);
        assertThat(tape.path("id")).isEqualTo(bought.path("id"));
        assertThat(tape.path("taker_direction").asText()).isEqualTo("buy");
    }

    @Test
    void reportsAreFoundByOrderAndById() {
        OrdersClient buyer = buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 1, "90.00").id();
        buyer.cancel(order);

        JsonNode reports =
                buyer.get("/api/v1/orders/" + order + "/executions").body().path("data");

        assertThat(reports).extracting(e -> e.path("report_type").asText()).containsExactly("cancelled", "new");
        String one = "/api/v1/executions/" + reports.get(1).path("id").asText();
        assertThat(buyer.get(one).body()).isEqualTo(reports.get(1));
        assertThat(buyer().get(one).status()).isEqualTo(404);
        assertThat(buyer.get("/api/v1/executions").body().path("data")).hasSize(2);
    }

    @Test
    void listsAreFilteredAndPaged() {
        OrdersClient buyer = buyer();
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
    void cancelAllEndsWhatIsOpen() {
        OrdersClient buyer = buyer();
        UUID one = buyer.limit(SYMBOL, "buy", 1, "90.00").id();
        UUID other = buyer.limit("AAPL", "buy", 1, "150.00").id();

        JsonNode quiet = buyer.post("/api/v1/orders/cancel_all", "{\"symbol\":\"ZQUIET\"}")
                .body();
        JsonNode all = buyer.post("/api/v1/orders/cancel_all", "{}").body();

        assertThat(quiet.path("cancelled")).extracting(JsonNode::asText).containsExactly(one.toString());
        assertThat(all.path("cancelled")).extracting(JsonNode::asText).containsExactly(other.toString());
        assertThat(all.path("failed")).isEmpty();
        awaitHeld(buyer, "USD", "0");
    }

    @Test
    void marketDataShowsTheRealBook() {
        OrdersClient seller = seller();
        OrdersClient buyer = buyer();
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
        assertThat(buyer.get("/api/v1/market_data/NOSUCH").status()).isEqualTo(404);
    }

    @Test
    void sixtyFourOrdersOfOneClientAtOnceAreServed() {
        OrdersClient buyer = buyer();

        List<Answer> answers = AtOnce.times(64, i -> buyer.limit(SYMBOL, "buy", 1, "90.00"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text("status")).isEqualTo("working");
        });
        awaitHeld(buyer, "USD", "5760.00");
    }

    @Test
    void whatBelongsToSomebodyElseIsNotThere() {
        UUID order = buyer().limit(SYMBOL, "buy", 1, "90.00").id();
        OrdersClient stranger = buyer();

        assertThat(stranger.order(order).status()).isEqualTo(404);
        assertThat(stranger.cancel(order).status()).isEqualTo(404);
        assertThat(stranger.replace(order, "{\"quantity\":2}").status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/orders/" + order + "/executions").status())
                .isEqualTo(404);
    }

    @Test
    void whatHappenedToOrdersIsGatheredForOneMail() {
        OrdersClient buyer = buyer();
        OrdersClient seller = seller();
        UUID order = buyer.limit(SYMBOL, "buy", 4, "99.00").id();
        seller.limit(SYMBOL, "sell", 1, "99.00");
        seller.limit(SYMBOL, "sell", 1, "99.00");
        UUID cancelled = buyer.limit(SYMBOL, "buy", 1, "90.00").id();
        buyer.cancel(cancelled);

        Eventually.await("the buyer's news arrive", SOON, () -> mailsOf(buyer).size() == 1);

        assertThat(mailsOf(buyer).getFirst().reports())
                .extracting(OrdersReported.Report::orderId, OrdersReported.Report::status)
                .containsExactly(tuple(order, "partially_filled"), tuple(cancelled, "cancelled"));
        assertThat(mailsOf(buyer).getFirst().reports().getFirst().averagePrice())
                .isEqualByComparingTo("99.00");
    }

    private static List<OrdersReported> mailsOf(OrdersClient client) {
        return PORTFOLIOS.reported().stream()
                .filter(mail -> mail.clientId().equals(client.id()))
                .toList();
    }
}
