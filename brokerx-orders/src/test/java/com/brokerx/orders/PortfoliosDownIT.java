package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.order.Direction;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.TestOrders;
import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the portfolios service does not answer. */
class PortfoliosDownIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @AutoClose
    private final RunningOrders orders = RunningOrders.start(
            "orders.placing.recovery.after=3s",
            "orders.placing.recovery.giveUpAfter=6s",
            "orders.outbox.longestRetry=500ms",
            "orders.portfolios.openFor=300ms");

    private final FakePortfolios portfolios = orders.portfolios();

    private OrdersClient buyer() {
        return orders.client("USD", "1000.00");
    }

    private static Answer place(OrdersClient client) {
        return client.limit("ZQUIET", "buy", 1, "90.00", "client_order_id=mine");
    }

    @ParameterizedTest
    @EnumSource(
            value = FakePortfolios.Mode.class,
            names = {"DOWN", "SILENT"})
    void anOrderIsAnsweredInTimeLeavesNothingAndMayBeSentAgain(FakePortfolios.Mode mode) {
        OrdersClient buyer = buyer();
        portfolios.mode(mode);
        long started = System.nanoTime();

        Answer refused = place(buyer);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("code")).isEqualTo("service_unavailable");
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(buyer.order(refused.orderId()).text("status")).isEqualTo("rejected");

        portfolios.mode(FakePortfolios.Mode.UP);
        Eventually.await("the order is closed over there", SOON, () -> portfolios.isClosed(refused.orderId()));
        assertThat(portfolios.held(buyer.id(), "USD")).isZero();
        Eventually.await(
                "the same order can be placed", SOON, () -> place(buyer).status() == 201);
        assertThat(place(buyer).status()).isEqualTo(200);
        assertThat(portfolios.held(buyer.id(), "USD")).isEqualByComparingTo("90.00");
    }

    @Test
    void aCrowdIsAnsweredInTimeToo() {
        OrdersClient buyer = buyer();
        portfolios.mode(FakePortfolios.Mode.SILENT);

        List<Duration> times = AtOnce.times(50, i -> {
            long started = System.nanoTime();
            assertThat(buyer.limit("ZQUIET", "buy", 1, "90.00").status()).isEqualTo(503);
            return Duration.ofNanos(System.nanoTime() - started);
        });

        assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(Duration.ofSeconds(5)));
    }

    @Test
    void cancelsAndMarketDataGoOn() {
        OrdersClient buyer = buyer();
        Answer placed = place(buyer);
        portfolios.mode(FakePortfolios.Mode.DOWN);

        assertThat(buyer.replace(placed.id(), "{\"quantity\":2}").status()).isEqualTo(503);
        assertThat(buyer.cancel(placed.id()).status()).isEqualTo(200);
        assertThat(buyer.get("/api/v1/market_data/ZQUIET").status()).isEqualTo(200);
        portfolios.mode(FakePortfolios.Mode.UP);
        orders.awaitHeld(buyer, "USD", "0");
    }

    @Test
    void aReplaceThatGotNoAnswerLeavesNoHigherHold() {
        OrdersClient buyer = buyer();
        Answer placed = place(buyer);
        portfolios.mode(FakePortfolios.Mode.SILENT);

        Answer replace = buyer.replace(placed.id(), "{\"quantity\":5}");
        portfolios.mode(FakePortfolios.Mode.UP);
        Answer meanwhile = buyer.replace(placed.id(), "{\"quantity\":3}");

        assertThat(meanwhile.status()).isEqualTo(503);
        assertThat(meanwhile.text("code")).isEqualTo("service_unavailable");
        assertThat(meanwhile.text("detail")).contains("an earlier change of the order");
        assertThat(meanwhile.header("Retry-After")).isNotNull();
        assertThat(replace.status()).isEqualTo(503);
        assertThat(portfolios.held(buyer.id(), "USD")).isEqualByComparingTo("450.00");
        orders.awaitHeld(buyer, "USD", "90.00");
        assertThat(buyer.order(placed.id()).body().path("quantity").asLong()).isEqualTo(1);
        assertThat(buyer.replace(placed.id(), "{\"quantity\":5}").status()).isEqualTo(200);
    }

    @Test
    void anOrderThatACrashLeftBehindWaitsForSomeTimeAndEnds() {
        portfolios.mode(FakePortfolios.Mode.DOWN);
        OrdersClient buyer = buyer();
        Order left = TestOrders.pending(buyer.id(), Direction.BUY, 1, 9_000);
        orders.database().jdbi().useTransaction(tx -> TestOrders.store(tx, left));

        Eventually.await("the order is given up", Duration.ofSeconds(30), () -> "rejected"
                .equals(buyer.order(left.id()).text("status")));

        assertThat(buyer.order(left.id()).text("reject_code")).isEqualTo("service_unavailable");
        portfolios.mode(FakePortfolios.Mode.UP);
        Eventually.await("the order is closed over there", SOON, () -> portfolios.isClosed(left.id()));
    }
}
