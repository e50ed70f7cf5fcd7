package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One client who wants everything at once, and the others. */
class FairnessIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int AT_ONCE = 4;

    @AutoClose
    private final RunningOrders orders = RunningOrders.start(
            "orders.placing.limits.maximumConcurrentRequests=" + AT_ONCE,
            "orders.placing.fundsPatience=10s",
            "orders.portfolios.deadline=15s");

    private final FakePortfolios portfolios = orders.portfolios();

    @Test
    void aClientHasSoManyRequestsUnderWayAndNoMoreWhileOthersAreServed() {
        OrdersClient greedy = orders.buyer();
        OrdersClient modest = orders.buyer();
        CountDownLatch go = new CountDownLatch(1);
        portfolios.beforeReserve(requests -> await(go));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> underWay = Stream.generate(() -> greedy)
                    .limit(AT_ONCE)
                    .map(client -> CompletableFuture.supplyAsync(() -> place(client), threads))
                    .toList();
            Eventually.await("all of them wait", SOON, () -> waiting(greedy) == AT_ONCE);

            Answer tooMuch = place(greedy);
            CompletableFuture<Answer> other = CompletableFuture.supplyAsync(() -> place(modest), threads);
            Eventually.await("the other client's order is taken", SOON, () -> waiting(modest) == 1);
            Answer cancelled = greedy.post("/api/v1/orders/cancel_all", "{}");
            go.countDown();

            assertThat(tooMuch.status()).isEqualTo(429);
            assertThat(tooMuch.text("code")).isEqualTo("rate_limited");
            assertThat(tooMuch.header("Retry-After")).isEqualTo("1");
            assertThat(cancelled.body().path("cancelled")).hasSize(AT_ONCE);
            assertThat(other.join().text("status")).isEqualTo("working");
            assertThat(underWay).allSatisfy(answer -> assertThat(answer.join().text("status"))
                    .isEqualTo("cancelled"));
        }
        // What was answered makes room, and what was refused left nothing.
        assertThat(place(greedy).text("status")).isEqualTo("working");
        assertThat(greedy.get("/api/v1/orders").body().path("data")).hasSize(AT_ONCE + 1);
    }

    private static Answer place(OrdersClient client) {
        return client.limit("ZQUIET", "buy", 1, "90.00");
    }

    private static int waiting(OrdersClient client) {
        return client.get("/api/v1/orders?status=pending_funds")
                .body()
                .path("data")
                .size();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
