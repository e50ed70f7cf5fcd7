package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import com.brokerx.testing.AtOnce;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees of an order's life, over HTTP. */
@ExtendWith(SharedOrders.class)
class OrderJourneyIT {

    private static final String SYMBOL = "ZQUIET";

    private final RunningOrders orders;
    private final FakePortfolios portfolios;

    OrderJourneyIT(RunningOrders orders) {
        this.orders = orders;
        this.portfolios = orders.portfolios();
    }

    @Test
    void aBuyAboveTheAskFillsAtTheAskAndTheDifferenceIsFreeAgain() {
        OrdersClient seller = orders.client(SYMBOL, "10");
        OrdersClient buyer = orders.client("USD", "2000.00");

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
        orders.awaitHeld(buyer, "USD", "0");
        assertThat(portfolios.owned(buyer.id(), "USD")).isEqualByComparingTo("1000.00");
        assertThat(portfolios.owned(buyer.id(), SYMBOL)).isEqualByComparingTo("10");
        assertThat(seller.order(sell.id()).text("status")).isEqualTo("filled");
    }

    @ParameterizedTest
    @CsvSource({"buy,USD,99.99,insufficient_funds", "sell,ZQUIET,0,insufficient_shares"})
    void whatOneDoesNotHaveIsRefusedKeptAndHoldsNothing(String direction, String asset, String has, String code) {
        OrdersClient client = orders.client(asset, has);

        Answer refused = client.limit(SYMBOL, direction, 1, "100.00");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.text("code")).isEqualTo(code);
        Answer kept = client.order(refused.orderId());
        assertThat(kept.text("status")).isEqualTo("rejected");
        assertThat(kept.text("reject_code")).isEqualTo(code);
        assertThat(portfolios.held(client.id(), asset)).isZero();
    }

    @Test
    void aCancelFreesTheHoldAndMayBeRepeated() {
        OrdersClient buyer = orders.buyer();
        Answer placed = buyer.limit(SYMBOL, "buy", 2, "90.00");
        assertThat(portfolios.held(buyer.id(), "USD")).isEqualByComparingTo("180.00");

        Answer cancelled = buyer.cancel(placed.id());
        Answer again = buyer.delete("/api/v1/orders/" + placed.id());

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(cancelled.body());
        orders.awaitHeld(buyer, "USD", "0");
    }

    @Test
    void aFilledOrderCannotBeCancelled() {
        orders.seller().limit(SYMBOL, "sell", 1, "100.00");
        OrdersClient buyer = orders.buyer();
        Answer filled = buyer.limit(SYMBOL, "buy", 1, "100.00");

        Answer refused = buyer.cancel(filled.id());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("invalid_state");
        assertThat(refused.text("order_status")).isEqualTo("filled");
    }

    @Test
    void aMarketOrderTradesWithinItsCollarAndNeverRests() {
        OrdersClient seller = orders.seller();
        seller.limit(SYMBOL, "sell", 5, "100.00");
        seller.limit(SYMBOL, "sell", 5, "110.00");
        OrdersClient buyer = orders.buyer();

        Answer order = buyer.market(SYMBOL, "buy", 10);

        assertThat(order.status()).isEqualTo(201);
        assertThat(order.text("status")).isEqualTo("cancelled");
        assertThat(order.text("reject_code")).isEqualTo("no_liquidity");
        assertThat(order.body().path("price").isNull()).isTrue();
        assertThat(order.body().path("filled_quantity").asLong()).isEqualTo(5);
        orders.awaitHeld(buyer, "USD", "0");
        assertThat(portfolios.owned(buyer.id(), "USD")).isEqualByComparingTo("99500.00");
    }

    @Test
    void aMarketOrderWithNobodyToTradeWithIsRefusedAndKept() {
        OrdersClient buyer = orders.buyer();

        Answer refused = buyer.market("AAPL", "buy", 1);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("no_liquidity");
        assertThat(buyer.order(refused.orderId()).text("status")).isEqualTo("rejected");
    }

    @ParameterizedTest
    @CsvSource({"IOC,cancelled,4", "FOK,cancelled,0", "GTC,partially_filled,4", "DAY,partially_filled,4"})
    void timeInForceDecidesAboutTheRest(String timeInForce, String status, long filled) {
        orders.seller().limit(SYMBOL, "sell", 4, "100.00");

        Answer order = orders.buyer().limit(SYMBOL, "buy", 10, "100.00", "time_in_force=" + timeInForce);

        assertThat(order.status()).isEqualTo(201);
        assertThat(order.text("status")).isEqualTo(status);
        assertThat(order.body().path("filled_quantity").asLong()).isEqualTo(filled);
    }

    @Test
    void anOrderAgainstOnesOwnIsCancelledAndKeepsItsEarlierFills() {
        OrdersClient both = orders.buyer();
        portfolios.give(both.id(), SYMBOL, "10");
        orders.seller().limit(SYMBOL, "sell", 3, "99.00");
        UUID resting = both.limit(SYMBOL, "sell", 10, "100.00").id();

        Answer order = both.limit(SYMBOL, "buy", 10, "100.00");

        assertThat(order.status()).isEqualTo(201);
        assertThat(order.text("status")).isEqualTo("cancelled");
        assertThat(order.text("reject_code")).isEqualTo("self_trade");
        assertThat(order.body().path("filled_quantity").asLong()).isEqualTo(3);
        assertThat(both.get("/api/v1/orders/" + order.id() + "/executions")
                        .body()
                        .at("/data/0/text")
                        .asText())
                .isEqualTo("would have traded 7 at 100.00 with order " + resting + " of the same client");
        assertThat(both.order(resting).text("status")).isEqualTo("working");
    }

    @Test
    void aCancelOfAnOutdatedVersionIsAConflictHoweverItIsSent() {
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 2, "90.00").id();
        String path = "/api/v1/orders/" + order;

        assertThat(buyer.post(path + "/cancel", "{\"client_version\":1}").text("code"))
                .isEqualTo("version_conflict");
        assertThat(buyer.delete(path + "?client_version=1").status()).isEqualTo(409);
        assertThat(buyer.delete(path, "{\"client_version\":1}").status()).isEqualTo(409);
        assertThat(buyer.delete(path, "{\"client_version\":2}").text("status")).isEqualTo("cancelled");
    }

    @Test
    void aCancelOfAllOrdersOfAMisspeltSymbolIsRefused() {
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 1, "90.00").id();

        Answer refused = buyer.post("/api/v1/orders/cancel_all", "{\"symbol\":\"ZQIET\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("unknown_symbol");
        assertThat(buyer.order(order).text("status")).isEqualTo("working");
        assertThat(buyer.post("/api/v1/orders/cancel_all", "").body().path("cancelled"))
                .hasSize(1);
    }

    @Test
    void cancelAllEndsWhatIsOpen() {
        OrdersClient buyer = orders.buyer();
        UUID one = buyer.limit(SYMBOL, "buy", 1, "90.00").id();
        UUID other = buyer.limit("AAPL", "buy", 1, "150.00").id();

        JsonNode quiet = buyer.post("/api/v1/orders/cancel_all", "{\"symbol\":\"ZQUIET\"}")
                .body();
        JsonNode all = buyer.post("/api/v1/orders/cancel_all", "{}").body();

        assertThat(quiet.path("cancelled")).extracting(JsonNode::asText).containsExactly(one.toString());
        assertThat(all.path("cancelled")).extracting(JsonNode::asText).containsExactly(other.toString());
        assertThat(all.path("failed")).isEmpty();
        orders.awaitHeld(buyer, "USD", "0");
    }

    @Test
    void sixtyFourOrdersOfOneClientAtOnceAreServed() {
        OrdersClient buyer = orders.buyer();

        List<Answer> answers = AtOnce.times(64, i -> buyer.limit(SYMBOL, "buy", 1, "90.00"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text("status")).isEqualTo("working");
        });
        orders.awaitHeld(buyer, "USD", "5760.00");
    }
}
