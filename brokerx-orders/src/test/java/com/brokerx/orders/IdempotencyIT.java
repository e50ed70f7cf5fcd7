package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same request again does not do the same again. */
@ExtendWith(SharedOrders.class)
class IdempotencyIT {

    private static final String ORDER =
            "{\"symbol\":\"ZQUIET\",\"direction\":\"buy\",\"order_type\":\"limit\",\"quantity\":%d,\"price\":%s}";

    private final RunningOrders orders;
    private final FakePortfolios portfolios;

    IdempotencyIT(RunningOrders orders) {
        this.orders = orders;
        this.portfolios = orders.portfolios();
    }

    private OrdersClient buyer() {
        return orders.client("USD", "1000.00");
    }

    private static Answer place(OrdersClient client, String key, int quantity, String price) {
        return client.postWithKey("/api/v1/orders", key, ORDER.formatted(quantity, price));
    }

    @Test
    void theSameKeyAndBodyAnswersWithTheFirstOrder() {
        OrdersClient buyer = buyer();

        Answer first = place(buyer, "key", 1, "\"90.00\"");
        Answer again = place(buyer, "key", 1, "90");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void theFirstOrderIsTheAnswerAlsoWhenItsTimeIsOver() {
        OrdersClient buyer = buyer();
        String order = ORDER.replace(
                        "}",
                        ",\"time_in_force\":\"GTD\",\"expires_at\":\""
                                + Instant.now().plusSeconds(2) + "\"}")
                .formatted(1, "90");

        Answer first = buyer.postWithKey("/api/v1/orders", "key", order);
        Eventually.await("it expires", Duration.ofSeconds(20), () -> buyer.order(first.id())
                .text("status")
                .equals("expired"));
        Answer again = buyer.postWithKey("/api/v1/orders", "key", order);
        Answer unknown = buyer.postWithKey("/api/v1/orders", "another", order);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.text("status")).isEqualTo("expired");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("code")).isEqualTo("invalid_expiry");
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflict() {
        OrdersClient buyer = buyer();
        place(buyer, "key", 1, "\"90.00\"");

        Answer other = place(buyer, "key", 2, "\"90.00\"");

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("idempotency_key_conflict");
    }

    @Test
    void keysAreEachClientsOwn() {
        assertThat(place(buyer(), "key", 1, "\"90.00\"").status()).isEqualTo(201);
        assertThat(place(buyer(), "key", 2, "\"90.00\"").status()).isEqualTo(201);
    }

    @Test
    void aRefusalIsReplayedAsARefusal() {
        OrdersClient buyer = buyer();

        Answer first = place(buyer, "key", 20, "\"90.00\"");
        portfolios.give(buyer.id(), "USD", "100000.00");
        Answer again = place(buyer, "key", 20, "\"90.00\"");

        assertThat(first.status()).isEqualTo(422);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text("code")).isEqualTo(first.text("code"));
        assertThat(again.text("detail")).isEqualTo(first.text("detail"));
        assertThat(again.orderId()).isEqualTo(first.orderId());
    }

    @Test
    void theClientsOwnOrderIdIsAKeyToo() {
        OrdersClient buyer = buyer();

        Answer first = buyer.limit("ZQUIET", "buy", 1, "90.00", "client_order_id=mine");
        Answer again = buyer.limit("ZQUIET", "buy", 1, "90.00", "client_order_id=mine");
        Answer other = buyer.limit("ZQUIET", "buy", 1, "91.00", "client_order_id=mine");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(other.status()).isEqualTo(409);
        assertThat(buyer.get("/api/v1/orders").body().path("data")).hasSize(1);
    }

    @Test
    void ofManyAtOnceOneIsPlacedAndAllAnswerTheSame() {
        OrdersClient buyer = buyer();

        List<Answer> answers = AtOnce.times(40, i -> place(buyer, "key", 1, "\"90.00\""));

        assertThat(answers)
                .extracting(Answer::id)
                .containsOnly(answers.getFirst().id());
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(39);
        assertThat(answers).extracting(answer -> answer.text("status")).containsOnly("working");
        assertThat(portfolios.held(buyer.id(), "USD")).isEqualByComparingTo("90.00");
        assertThat(buyer.get("/api/v1/orders/events").body().path("data")).hasSize(1);
    }

    @Test
    void manyKeysAtOnceWithManyRepeatsPlaceOneOrderEach() {
        OrdersClient buyer = buyer();
        portfolios.give(buyer.id(), "USD", "100000.00");

        List<Answer> answers = AtOnce.times(120, i -> place(buyer, "key-" + i % 20, 1 + i % 20, "\"90.00\""));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(20);
        assertThat(buyer.get("/api/v1/orders?limit=200").body().path("data")).hasSize(20);
        assertThat(portfolios.held(buyer.id(), "USD")).isEqualByComparingTo("18900.00");
    }

    @Test
    void anUnusableKeyIsRefused() {
        assertThat(place(buyer(), "x".repeat(256), 1, "\"90.00\"").text("code")).isEqualTo("invalid_idempotency_key");
    }
}
