package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a replacement changes about an order and what is held for it. */
@ExtendWith(SharedOrders.class)
class OrderReplaceIT {

    private static final String SYMBOL = "ZQUIET";

    private final RunningOrders orders;
    private final FakePortfolios portfolios;

    OrderReplaceIT(RunningOrders orders) {
        this.orders = orders;
        this.portfolios = orders.portfolios();
    }

    @Test
    void aReplaceMovesTheHoldUpAndDown() {
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        Answer more = buyer.replace(order, "{\"quantity\":20}");
        assertThat(more.status()).isEqualTo(200);
        assertThat(more.text("reserved_amount")).isEqualTo("1800.00");
        orders.awaitHeld(buyer, "USD", "1800.00");

        Answer cheaper = buyer.replace(order, "{\"price\":\"85.00\"}");
        assertThat(cheaper.text("price")).isEqualTo("85.00");
        orders.awaitHeld(buyer, "USD", "1700.00");

        Answer less = buyer.replace(order, "{\"quantity\":5,\"price\":95}");
        assertThat(less.text("reserved_amount")).isEqualTo("475.00");
        orders.awaitHeld(buyer, "USD", "475.00");

        buyer.cancel(order);
        orders.awaitHeld(buyer, "USD", "0");
    }

    @Test
    void aReplaceThatCannotBePaidChangesNothing() {
        OrdersClient buyer = orders.client("USD", "1000.00");
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        Answer refused = buyer.replace(order, "{\"quantity\":12}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("insufficient_funds");
        assertThat(buyer.order(order).body().path("quantity").asLong()).isEqualTo(10);
        assertThat(portfolios.held(buyer.id(), "USD")).isEqualByComparingTo("900.00");
        assertThat(buyer.replace(order, "{\"quantity\":11}").status()).isEqualTo(200);
    }

    @Test
    void lessQuantityAloneKeepsThePlaceInTheQueue() {
        OrdersClient first = orders.seller();
        OrdersClient second = orders.seller();
        UUID early = first.limit(SYMBOL, "sell", 10, "100.00").id();
        UUID late = second.limit(SYMBOL, "sell", 10, "100.00").id();

        first.replace(early, "{\"quantity\":5}");
        orders.buyer().limit(SYMBOL, "buy", 5, "100.00");

        assertThat(first.order(early).text("status")).isEqualTo("filled");
        assertThat(second.order(late).text("status")).isEqualTo("working");
    }

    @Test
    void aReplacedOrderThatCrossesTradesAtTheRestingPrice() {
        orders.seller().limit(SYMBOL, "sell", 4, "100.00");
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        Answer replaced = buyer.replace(order, "{\"price\":\"105.00\"}");

        assertThat(replaced.text("status")).isEqualTo("partially_filled");
        assertThat(replaced.text("average_price")).isEqualTo("100.00");
        assertThat(replaced.text("reserved_amount")).isEqualTo("630.00");
        orders.awaitHeld(buyer, "USD", "630.00");
    }

    @Test
    void aStaleClientVersionIsAConflict() {
        OrdersClient buyer = orders.buyer();
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
}
