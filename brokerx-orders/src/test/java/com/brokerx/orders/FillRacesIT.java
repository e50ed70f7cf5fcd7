package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.HeldWriter;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.Eventually;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A cancel or a replacement against a fill, each in the order that was forced: what reaches the book first wins, and the answer to the other
 * one says so.
 */
class FillRacesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @AutoClose
    private static final RunningOrders ORDERS = RunningOrders.start(
            "orders.writer.patience=60s",
            // Nothing but the requests of a test lines up for the writer.
            "orders.writer.expiryEvery=1h");

    private final FakePortfolios portfolios = ORDERS.portfolios();
    private OrdersClient maker;
    private OrdersClient taker;
    private OrdersClient bystander;
    private UUID order;

    @BeforeEach
    void restAnOrder() {
        maker = client();
        taker = client();
        bystander = client();
        order = maker.limit("ZQUIET", "buy", 10, "100.00").id();
    }

    /** Whoever wins, nothing stays held, and the other side traded what the order did. */
    @AfterEach
    void everythingIsFreeInTheEnd() {
        long filled = maker.order(order).body().path("filled_quantity").asLong();
        ORDERS.clear();
        assertThat(portfolios.owned(taker.id(), "ZQUIET").longValueExact()).isEqualTo(1_000 - filled);
        assertThat(portfolios.complaints()).isEmpty();
    }

    private static OrdersClient client() {
        return ORDERS.client("USD", "100000.00", "ZQUIET", "1000");
    }

    private HeldWriter held() {
        return HeldWriter.hold(ORDERS, () -> bystander.limit("ZQUIET", "buy", 1, "60.00"));
    }

    private Answer sell(long quantity) {
        return taker.limit("ZQUIET", "sell", quantity, "100.00", "time_in_force=IOC");
    }

    private static void assertDone(Answer answer, String status) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo("invalid_state");
        assertThat(answer.text("order_status")).isEqualTo(status);
    }

    @Test
    void aFillBeforeAReplacementWins() {
        List<Answer> answers = held().then(() -> sell(10))
                .then(() -> maker.replace(order, "{\"quantity\":20}"))
                .release();

        assertThat(answers.get(0).text("status")).isEqualTo("filled");
        assertDone(answers.get(1), "filled");
        assertThat(maker.order(order).body().path("quantity").asLong()).isEqualTo(10);
    }

    @Test
    void aReplacementBeforeAFillWins() {
        List<Answer> answers = held().then(() -> maker.replace(order, "{\"price\":\"99.00\"}"))
                .then(() -> sell(10))
                .release();

        assertThat(answers.get(0).text("price")).isEqualTo("99.00");
        assertThat(answers.get(1).body().path("filled_quantity").asLong()).isZero();
    }

    @Test
    void aPartialFillBeforeAReplacementCountsTowardsItsTotal() {
        List<Answer> answers = held().then(() -> sell(4))
                .then(() -> maker.replace(order, "{\"quantity\":12}"))
                .release();

        Answer replaced = answers.get(1);
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.text("status")).isEqualTo("partially_filled");
        assertThat(replaced.body().path("filled_quantity").asLong()).isEqualTo(4);
        assertThat(replaced.body().path("leaves_quantity").asLong()).isEqualTo(8);
        assertThat(replaced.text("reserved_amount")).isEqualTo("800.00");
        Eventually.await(
                "what is left is held", SOON, () -> portfolios.heldFor(order).compareTo(new BigDecimal("800.00")) == 0);
    }

    @Test
    void aPartialFillThatLeavesNothingOfAReplacementWins() {
        List<Answer> answers = held().then(() -> sell(4))
                .then(() -> maker.replace(order, "{\"quantity\":3}"))
                .release();

        assertThat(answers.get(1).status()).isEqualTo(422);
        assertThat(answers.get(1).text("code")).isEqualTo("invalid_quantity");
        assertThat(answers.get(1).text("detail")).contains("a fill came first");
        Answer asItWas = maker.order(order);
        assertThat(asItWas.text("status")).isEqualTo("partially_filled");
        assertThat(asItWas.body().path("quantity").asLong()).isEqualTo(10);
    }

    @Test
    void aFillMakesTheVersionOfAReplacementStale() {
        int version = maker.order(order).body().path("lock_version").asInt();

        List<Answer> answers = held().then(() -> sell(4))
                .then(() -> maker.replace(order, "{\"quantity\":12,\"client_version\":%d}".formatted(version)))
                .release();

        assertThat(answers.get(1).status()).isEqualTo(409);
        assertThat(answers.get(1).text("code")).isEqualTo("version_conflict");
        assertThat(maker.order(order).body().path("quantity").asLong()).isEqualTo(10);
    }

    @Test
    void aFillBeforeACancelWins() {
        List<Answer> answers =
                held().then(() -> sell(10)).then(() -> maker.cancel(order)).release();

        assertDone(answers.get(1), "filled");
    }

    @Test
    void aPartialFillBeforeACancelIsKept() {
        List<Answer> answers =
                held().then(() -> sell(4)).then(() -> maker.cancel(order)).release();

        assertThat(answers.get(1).status()).isEqualTo(200);
        assertThat(answers.get(1).text("status")).isEqualTo("cancelled");
        assertThat(answers.get(1).body().path("filled_quantity").asLong()).isEqualTo(4);
    }

    @Test
    void aCancelBeforeAFillWins() {
        List<Answer> answers =
                held().then(() -> maker.cancel(order)).then(() -> sell(10)).release();

        assertThat(answers.get(0).text("status")).isEqualTo("cancelled");
        assertThat(answers.get(1).body().path("filled_quantity").asLong()).isZero();
    }

    @Test
    void aCancelBeforeAReplacementWins() {
        List<Answer> answers = held().then(() -> maker.cancel(order))
                .then(() -> maker.replace(order, "{\"quantity\":20}"))
                .release();

        assertDone(answers.get(1), "cancelled");
    }

    @Test
    void aTriggerBeforeAReplacementOfTheStopPriceWins() {
        maker.replace(order, "{\"price\":\"97.00\"}");
        UUID stop = bystander.stopLimit("ZQUIET", "sell", 5, "97.00", "105.00").id();

        List<Answer> answers = held().then(() -> taker.limit("ZQUIET", "sell", 10, "97.00"))
                .then(() -> bystander.replace(stop, "{\"stop_price\":\"95.00\"}"))
                .release();

        assertThat(answers.get(1).status()).isEqualTo(422);
        assertThat(answers.get(1).text("code")).isEqualTo("invalid_stop_price");
        assertThat(bystander.order(stop).text("triggered_at")).isNotNull();
    }

    @Test
    void aHaltBeforeAReplacementWins() {
        try {
            List<Answer> answers =
                    held().then(() -> maker.replace(order, "{\"quantity\":20}")).releaseAfter(() -> change("halt"));

            assertThat(answers.getFirst().status()).isEqualTo(422);
            assertThat(answers.getFirst().text("code")).isEqualTo("symbol_halted");
            assertThat(answers.getFirst().text("detail")).contains("a halt came first");
            assertThat(maker.order(order).body().path("quantity").asLong()).isEqualTo(10);
            ORDERS.awaitHeld(maker, "USD", "1000.00");
        } finally {
            change("resume");
        }
    }

    private static void change(String to) {
        ORDERS.server().admin().post("/api/v1/instruments/ZQUIET/" + to, "{}");
    }
}
