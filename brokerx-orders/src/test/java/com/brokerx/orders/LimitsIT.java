package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one order, one client and all clients together may be up to: here very little. */
class LimitsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @AutoClose
    private static final RunningOrders ORDERS = RunningOrders.start(
            "orders.placing.limits.maximumQuantity=1000",
            "orders.placing.limits.maximumNotional=5000",
            "orders.placing.limits.maximumOpenOrders=3",
            "orders.placing.limits.maximumOpenOrdersOfAll=5",
            "orders.instruments[5].maximumNotional=600",
            "orders.instruments[5].maximumOpenOrders=2",
            "orders.instruments[6].lotSize=10",
            "orders.instruments[6].tickSize=0.05");

    @AfterEach
    void clear() {
        ORDERS.clear();
        assertThat(ORDERS.portfolios().complaints()).isEmpty();
    }

    /** NVDA has lots of 10, ticks of 0.05, 480.00, a band of 20 %. */
    @ParameterizedTest
    @CsvSource({
        "ZQUIET,1001,4.00,invalid_quantity,false",
        "ZQUIET,51,100.00,notional_limit_exceeded,true",
        "ZQUIET,1,200.01,price_outside_band,true",
        "NVDA,15,400.00,invalid_quantity,false",
        "NVDA,10,400.01,price_off_tick,false",
        "NVDA,10,383.95,price_outside_band,true",
        "TSLA,3,240.00,notional_limit_exceeded,true"
    })
    void anOrderBeyondALimitIsRefusedWithItsCode(
            String symbol, long quantity, String price, String code, boolean isKept) {
        OrdersClient buyer = ORDERS.buyer();

        Answer refused = buyer.limit(symbol, "buy", quantity, price);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo(code);
        assertThat(refused.body().has("order_id")).isEqualTo(isKept);
        if (isKept) {
            assertThat(buyer.order(refused.orderId()).text("reject_code")).isEqualTo(code);
        }
        assertThat(ORDERS.portfolios().holdsNothing(buyer.id())).isTrue();
    }

    @Test
    void anOrderAtItsLimitsIsTaken() {
        assertThat(ORDERS.buyer().limit("ZQUIET", "buy", 50, "100.00").text("status"))
                .isEqualTo("working");
        assertThat(ORDERS.buyer().limit("NVDA", "buy", 10, "384.00").text("status"))
                .isEqualTo("working");
    }

    @Test
    void aClientMayHaveSoManyOpenOrders() {
        OrdersClient buyer = ORDERS.buyer();
        UUID first = buyer.limit("ZQUIET", "buy", 1, "90.00").id();
        buyer.limit("ZQUIET", "buy", 1, "91.00");
        buyer.limit("AAPL", "buy", 1, "170.00");

        Answer refused = buyer.limit("ZQUIET", "buy", 1, "92.00");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("order_limit_exceeded");
        assertThat(buyer.order(refused.orderId()).text("reject_code")).isEqualTo("order_limit_exceeded");
        ORDERS.awaitHeld(buyer, "USD", "351.00");
        assertThat(buyer.replace(first, "{\"quantity\":2}").status()).isEqualTo(200);
        buyer.cancel(first);
        assertThat(buyer.limit("ZQUIET", "buy", 1, "92.00").status()).isEqualTo(201);
    }

    /** However many come at once, and only orders that may rest. */
    @Test
    void aClientMayHaveSoManyOpenOrdersInOneBook() {
        OrdersClient buyer = ORDERS.buyer();

        List<Answer> answers = AtOnce.times(8, i -> buyer.limit("TSLA", "buy", 1, "240.00"));
        Answer last = buyer.limit("TSLA", "buy", 1, "240.00");

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(2);
        assertThat(answers.stream().filter(answer -> answer.status() == 422))
                .hasSize(6)
                .allMatch(answer -> answer.text("code").equals("order_limit_exceeded"));
        assertThat(last.status()).isEqualTo(422);
        assertThat(last.text("detail")).isEqualTo("a client may have 2 open orders in TSLA at most");
        assertThat(buyer.limit("TSLA", "buy", 1, "240.00", "time_in_force=IOC").text("status"))
                .isEqualTo("cancelled");
        ORDERS.awaitHeld(buyer, "USD", "480.00");
        assertThat(ORDERS.buyer().limit("TSLA", "buy", 1, "240.00").status()).isEqualTo(201);
    }

    @Test
    void limitsAreToldWithTheInstruments() {
        JsonNode instruments = ORDERS.buyer().get("/api/v1/instruments").body().path("data");

        assertThat(instruments)
                .filteredOn(instrument -> instrument.path("symbol").asText().equals("TSLA"))
                .singleElement()
                .satisfies(tesla -> {
                    assertThat(tesla.path("maximum_notional").asText()).isEqualTo("600.00");
                    assertThat(tesla.path("maximum_open_orders").asInt()).isEqualTo(2);
                });
        assertThat(instruments)
                .filteredOn(instrument -> instrument.path("symbol").asText().equals("AAPL"))
                .singleElement()
                .satisfies(apple -> {
                    assertThat(apple.path("maximum_notional").asText()).isEqualTo("5000.00");
                    assertThat(apple.has("maximum_open_orders")).isFalse();
                });
    }

    @Test
    void allClientsTogetherMayHaveSoManyOpenOrders() {
        OrdersClient seller = ORDERS.seller();
        List<UUID> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(seller.limit("ZQUIET", "sell", 1, "10" + i + ".00").id());
        }
        OrdersClient buyer = ORDERS.buyer();
        String named = "client_order_id=mine";
        UUID first = buyer.limit("AAPL", "buy", 1, "170.00", named).id();
        buyer.stop("ZQUIET", "buy", 1, "120.00");
        OrdersClient third = ORDERS.buyer();

        Answer refused = third.limit("MSFT", "buy", 1, "370.00");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("code")).isEqualTo("service_unavailable");
        assertThat(refused.text("detail")).startsWith("5 orders are open");
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        assertThat(third.get("/api/v1/orders").body().path("data")).isEmpty();
        assertThat(ORDERS.portfolios().holdsNothing(third.id())).isTrue();

        // Whoever asks again learns what became of his order; whoever asks for something else, that he may not.
        assertThat(buyer.limit("AAPL", "buy", 1, "170.00", named).id()).isEqualTo(first);
        assertThat(buyer.limit("AAPL", "buy", 2, "170.00", named).status()).isEqualTo(409);
        // What does not rest, and what rests already, goes on.
        assertThat(third.limit("ZQUIET", "buy", 1, "100.00", "time_in_force=FOK")
                        .text("status"))
                .isEqualTo("filled");
        assertThat(seller.replace(open.get(1), "{\"price\":\"103.00\"}").status())
                .isEqualTo(200);
        assertThat(seller.cancel(open.get(2)).status()).isEqualTo(200);
        assertThat(third.market("ZQUIET", "buy", 1).text("status")).isEqualTo("filled");
        assertThat(third.limit("MSFT", "buy", 1, "370.00").text("status")).isEqualTo("working");
    }

    /** Two seconds at most after the other instance's book has changed. */
    @Test
    void ordersInBooksOfOtherInstancesCountToo() {
        OrdersClient first = ORDERS.buyer();
        OrdersClient second = ORDERS.buyer();
        for (int i = 0; i < 3; i++) {
            first.limit("ZQUIET", "buy", 1, "90.00");
        }
        for (int i = 0; i < 2; i++) {
            second.limit("AAPL", "buy", 1, "170.00");
        }
        try (var other = ORDERS.another("orders-2")) {
            OrdersClient third = ORDERS.buyer().at(other.url());

            Eventually.await("the books are full there too", SOON, () -> isRefused(third));

            assertThat(first.post("/api/v1/orders/cancel_all", "{}").status()).isEqualTo(200);
            Eventually.await("there is room again", SOON, () -> !isRefused(third));
        }
    }

    private static boolean isRefused(OrdersClient client) {
        Answer answer = client.limit("MSFT", "buy", 1, "370.00");
        if (answer.status() == 201) {
            client.cancel(answer.id());
        }
        return answer.status() == 503;
    }
}
