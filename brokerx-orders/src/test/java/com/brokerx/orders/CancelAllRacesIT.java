package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A cancel of all orders against orders that are on their way to the book: those that were there before it do not survive it. */
class CancelAllRacesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @AutoClose
    private static final RunningOrders ORDERS =
            RunningOrders.start("orders.placing.fundsPatience=10s", "orders.portfolios.deadline=15s");

    private final FakePortfolios portfolios = ORDERS.portfolios();

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(portfolios.complaints()).isEmpty();
    }

    private static OrdersClient buyer() {
        return ORDERS.client("USD", "1000000.00");
    }

    private static List<String> cancelAll(OrdersClient client) {
        JsonNode answer = client.post("/api/v1/orders/cancel_all", "{}").body();
        assertThat(answer.path("failed")).isEmpty();
        return answer.path("cancelled").valueStream().map(JsonNode::asText).toList();
    }

    private static List<UUID> waiting(OrdersClient client) {
        return client.get("/api/v1/orders?status=pending_funds")
                .body()
                .path("data")
                .valueStream()
                .map(order -> UUID.fromString(order.path("id").asText()))
                .toList();
    }

    @Test
    void anOrderThatWaitsForItsFundsIsCancelledAndItsLateHoldSetFree() throws Exception {
        OrdersClient buyer = buyer();
        CountDownLatch go = new CountDownLatch(1);
        portfolios.beforeReserve(requests -> await(go));
        CompletableFuture<Answer> placing =
                CompletableFuture.supplyAsync(() -> buyer.limit("ZQUIET", "buy", 1, "90.00"));
        Eventually.await("the order waits", SOON, () -> waiting(buyer).size() == 1);
        UUID order = waiting(buyer).getFirst();

        List<String> cancelled = cancelAll(buyer);
        go.countDown();
        portfolios.beforeReserve(requests -> {});
        Answer answer = placing.get(20, TimeUnit.SECONDS);

        assertThat(cancelled).containsExactly(order.toString());
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("status")).isEqualTo("cancelled");
        assertThat(buyer.order(order).text("status")).isEqualTo("cancelled");
        assertThat(ORDERS.server().metric("orders_book_depth{symbol=\"ZQUIET\",}"))
                .isZero();
        ORDERS.awaitHeld(buyer, "USD", "0");
    }

    @Test
    void anOrderOfAnotherSymbolGoesOnWaiting() throws Exception {
        OrdersClient buyer = buyer();
        CountDownLatch go = new CountDownLatch(1);
        portfolios.beforeReserve(requests -> await(go));
        CompletableFuture<Answer> placing =
                CompletableFuture.supplyAsync(() -> buyer.limit("AAPL", "buy", 1, "150.00"));
        Eventually.await("the order waits", SOON, () -> waiting(buyer).size() == 1);

        JsonNode answer = buyer.post("/api/v1/orders/cancel_all", "{\"symbol\":\"ZQUIET\"}")
                .body();
        go.countDown();
        portfolios.beforeReserve(requests -> {});

        assertThat(answer.path("cancelled")).isEmpty();
        assertThat(placing.get(20, TimeUnit.SECONDS).text("status")).isEqualTo("working");
        cancelAll(buyer);
        ORDERS.awaitHeld(buyer, "USD", "0");
    }

    @Test
    void noOrderThatWasAnsweredSurvivesWhileOthersArePlacedAllTheTime() {
        AtOnce.times(4, worker -> {
            OrdersClient buyer = buyer();
            for (int i = 0; i < 10; i++) {
                List<CompletableFuture<Answer>> meanwhile = List.of(
                        CompletableFuture.supplyAsync(() -> buyer.limit("ZQUIET", "buy", 1, "89.00")),
                        CompletableFuture.supplyAsync(() -> buyer.limit("AAPL", "buy", 1, "149.00")));
                Answer answered = buyer.limit("ZQUIET", "buy", 1, "90.00");
                assertThat(answered.status()).isEqualTo(201);

                cancelAll(buyer);

                assertThat(buyer.order(answered.id()).text("status")).isEqualTo("cancelled");
                meanwhile.forEach(answer -> assertThat(answer.join().status()).isEqualTo(201));
            }
            cancelAll(buyer);
            assertThat(buyer.get("/api/v1/orders?status=working").body().path("data"))
                    .isEmpty();
            ORDERS.awaitHeld(buyer, "USD", "0");
            return worker;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
