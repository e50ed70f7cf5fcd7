package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client sees of an order's life, over HTTP. */
class OrderJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static final TestIdentity IDENTITY = new TestIdentity();
    private static final FakePortfolios PORTFOLIOS = new FakePortfolios();
    private static OrdersServer server;

    @BeforeAll
    static void start() {
        server = OrdersServer.start("orders-1", TestDatabase.migrated("orders/migrations.xml"), IDENTITY, PORTFOLIOS);
    }

    @AfterAll
    static void stop() {
        server.close();
        PORTFOLIOS.close();
        IDENTITY.close();
    }

    private static OrdersClient clientWith(String asset, String amount) {
        OrdersClient client = server.client();
        PORTFOLIOS.give(client.id(), asset, amount);
        return client;
    }

    private static void awaitHeld(UUID client, String asset, String amount) {
        Eventually.await(
                "%s %s held".formatted(amount, asset),
                SOON,
                () -> PORTFOLIOS.held(client, asset).compareTo(new java.math.BigDecimal(amount)) == 0);
    }

    @Test
    void aBuyAboveTheAskFillsAtTheAskAndTheDifferenceIsFreeAgain() {
        OrdersClient seller = clientWith("ZQUIET", "10");
        OrdersClient buyer = clientWith("USD", "2000.00");

        Answer sell = seller.limit("ZQUIET", "sell", 10, "100.00");
        Answer buy = buyer.limit("ZQUIET", "buy", 10, "110.00");

        assertThat(sell.status()).isEqualTo(201);
        assertThat(sell.text("status")).isEqualTo("working");
        assertThat(buy.status()).isEqualTo(201);
        assertThat(buy.text("status")).isEqualTo("filled");
        assertThat(buy.text("average_price")).isEqualTo("100.00");
        assertThat(buy.text("reserved_amount")).isEqualTo("0.00");
        awaitHeld(buyer.id(), "USD", "0");
        assertThat(PORTFOLIOS.owned(buyer.id(), "USD")).isEqualByComparingTo("1000.00");
        assertThat(PORTFOLIOS.owned(buyer.id(), "ZQUIET")).isEqualByComparingTo("10");
        assertThat(seller.order(sell.id()).text("status")).isEqualTo("filled");
    }

    @Test
    void aBuyBeyondTheBalanceIsRefusedKeptAndHoldsNothing() {
        OrdersClient buyer = clientWith("USD", "99.99");

        Answer refused = buyer.limit("ZQUIET", "buy", 1, "100.00");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("insufficient_funds");
        Answer kept = buyer.order(refused.orderId());
        assertThat(kept.text("status")).isEqualTo("rejected");
        assertThat(kept.text("reject_code")).isEqualTo("insufficient_funds");
        assertThat(PORTFOLIOS.held(buyer.id(), "USD")).isZero();
    }

    @Test
    void aCancelFreesTheHold() {
        OrdersClient buyer = clientWith("USD", "1000.00");
        Answer placed = buyer.limit("AAPL", "buy", 2, "150.00");
        assertThat(PORTFOLIOS.held(buyer.id(), "USD")).isEqualByComparingTo("300.00");

        Answer cancelled = buyer.cancel(placed.id());

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        awaitHeld(buyer.id(), "USD", "0");
        assertThat(buyer.cancel(placed.id()).status()).isEqualTo(200);
    }
}
