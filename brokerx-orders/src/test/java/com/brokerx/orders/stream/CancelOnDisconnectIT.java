package com.brokerx.orders.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.StreamClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Programs that want their orders cancelled when their connection is lost. What becomes of it when the instance is killed that they talked
 * to shows {@link com.brokerx.orders.TwoInstancesIT}.
 */
@ExtendWith(SharedOrders.class)
class CancelOnDisconnectIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CHANNEL = "cancel_on_disconnect";

    private final RunningOrders orders;
    private final OrdersServer server;

    CancelOnDisconnectIT(RunningOrders orders) {
        this.orders = orders;
        this.server = orders.server();
    }

    private OrdersClient funded() {
        return orders.client("USD", "1000000.00");
    }

    private static UUID order(OrdersClient client, String symbol, String price) {
        return client.limit(symbol, "buy", 1, price).id();
    }

    private StreamClient guarded(URI at, OrdersClient client, String within) {
        StreamClient stream = StreamClient.connect(at, orders.identity().token(client.id()));
        ask(stream, "\"within\":\"" + within + "\"");
        stream.awaitSnapshot(CHANNEL);
        return stream;
    }

    private static void ask(StreamClient stream, String terms) {
        stream.send("{\"action\":\"cancel_on_disconnect\"," + terms + "}");
    }

    private static String status(OrdersClient client, UUID order) {
        return client.order(order).text("status");
    }

    private static void awaitCancelled(OrdersClient client, UUID order) {
        Eventually.await(
                "the order is cancelled", SOON, () -> status(client, order).equals("cancelled"));
    }

    /** When the client's guards are due; those that have fired are not among them. */
    private List<Instant> deadlines(OrdersClient client) {
        return orders.database().jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT due_at FROM disconnect_guards WHERE client_id = :client AND fired_at IS NULL ORDER BY due_at""")
                .bind("client", client.id())
                .mapTo(Instant.class)
                .list());
    }

    @Test
    void ordersAreCancelledWhenTheConnectionIsLostAndThoseOfOthersAreNot() {
        OrdersClient client = funded();
        OrdersClient other = funded();
        UUID quiet = order(client, "ZQUIET", "90.00");
        UUID apple = order(client, "AAPL", "150.00");
        UUID others = order(other, "ZQUIET", "90.00");
        StreamClient stream = guarded(server.url(), client, "1s");
        long lost = System.nanoTime();

        stream.drop();
        awaitCancelled(client, quiet);
        awaitCancelled(client, apple);

        assertThat(Duration.ofNanos(System.nanoTime() - lost)).isGreaterThan(Duration.ofMillis(700));
        assertThat(status(other, others)).isEqualTo("working");
        assertThat(client.get("/api/v1/orders/" + quiet + "/executions")
                        .body()
                        .at("/data/0/text")
                        .asText())
                .isEqualTo("cancelled since the connection was lost");
        Eventually.await("all is done", SOON, () -> guards(client) == 0);
        assertThat(server.metric("stream_disconnect_cancels_total")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aConnectionThatEndsInGoodOrderIsLostToo() {
        OrdersClient client = funded();
        UUID order = order(client, "ZQUIET", "90.00");

        guarded(server.url(), client, "500ms").close();

        awaitCancelled(client, order);
    }

    @Test
    void ordersStayWhileTheConnectionIsThereHoweverQuietItIs() {
        OrdersClient client = funded();
        UUID order = order(client, "ZQUIET", "90.00");
        try (StreamClient stream = guarded(server.url(), client, "2s")) {
            Instant first = deadlines(client).getFirst();

            Eventually.await("the first deadline has passed", SOON, () -> deadlines(client)
                    .getFirst()
                    .isAfter(first.plusSeconds(2)));

            assertThat(status(client, order)).isEqualTo("working");
            assertThat(stream.received("error", CHANNEL)).isEmpty();
        }
    }

    @Test
    void ordersStayWhenTheClientIsBackInTime() {
        OrdersClient client = funded();
        UUID order = order(client, "ZQUIET", "90.00");
        guarded(server.url(), client, "2s").drop();
        Instant due = deadlines(client).getFirst();

        try (StreamClient back = guarded(server.url(), client, "2s")) {
            Eventually.await("the first guard is gone", SOON, () -> deadlines(client).stream()
                    .allMatch(due::isBefore));

            assertThat(deadlines(client)).hasSize(1);
            assertThat(status(client, order)).isEqualTo("working");
            assertThat(back.received("error", CHANNEL)).isEmpty();
        }
    }

    @Test
    void aPeerWhoDoesNotAnswerIsLostThoughItsConnectionIsOpen() {
        OrdersClient client = funded();
        UUID order = order(client, "ZQUIET", "90.00");
        try (StreamClient stream = guarded(server.url(), client, "500ms")) {
            stream.stopReading();
            awaitCancelled(client, order);

            stream.readOn();
            stream.awaitError("guard_ended");
            assertThat(stream.closeStatus()).isNull();
        }
    }

    @Test
    void onlyOrdersOfTheSymbolAreCancelledWhereOneIsGiven() {
        OrdersClient client = funded();
        UUID quiet = order(client, "ZQUIET", "90.00");
        UUID apple = order(client, "AAPL", "150.00");
        try (StreamClient stream = orders.stream(client)) {
            ask(stream, "\"within\":\"500ms\",\"symbol\":\"AAPL\"");
            JsonNode answer = stream.awaitSnapshot(CHANNEL);
            assertThat(answer.path("data").toString()).isEqualTo("{\"within\":\"500ms\",\"symbol\":\"AAPL\"}");
        }
        awaitCancelled(client, apple);
        assertThat(status(client, quiet)).isEqualTo("working");
    }

    @Test
    void aWishCanBeChangedAndTakenBack() {
        OrdersClient client = funded();
        UUID order = order(client, "ZQUIET", "90.00");
        try (StreamClient stream = guarded(server.url(), client, "1s")) {
            ask(stream, "\"within\":\"60s\"");
            stream.await(
                    "the second answer",
                    message -> message.at("/data/within").asText().equals("60s"));
            assertThat(deadlines(client)).hasSize(1);
            assertThat(deadlines(client).getFirst()).isAfter(Instant.now().plusSeconds(30));

            ask(stream, "\"within\":\"0s\"");
            stream.await(
                    "the third answer", message -> message.at("/data/within").isNull());
            assertThat(deadlines(client)).isEmpty();
        }
        assertThat(status(client, order)).isEqualTo("working");
    }

    @Test
    void refusesWhatMakesNoSense() {
        OrdersClient client = funded();
        try (StreamClient stream = orders.stream(client)) {
            ask(stream, "\"symbol\":\"AAPL\"");
            stream.awaitError("malformed_message");
            ask(stream, "\"within\":\"soon\"");
            ask(stream, "\"within\":\"1h\"");
            stream.awaitError("invalid_within");
            ask(stream, "\"within\":\"10s\",\"symbol\":\"NOPE\"");
            stream.awaitError("unknown_symbol");

            assertThat(stream.received("error", "null")).hasSize(2);
            assertThat(deadlines(client)).isEmpty();
        }
        try (StreamClient unknown = StreamClient.connectTo(server.url(), "/api/v1/stream")) {
            ask(unknown, "\"within\":\"10s\"");
            assertThat(unknown.awaitClose()).isEqualTo("unauthorized");
        }
    }

    /** As when the instance that found a guard overdue died over it: another one goes on. */
    @Test
    void whatWasPlacedAfterTheConnectionWasLostStays() {
        OrdersClient client = funded();
        UUID before = order(client, "ZQUIET", "90.00");
        Instant lost = Instant.now().plusMillis(5);
        Eventually.await("time goes on", SOON, () -> Instant.now().isAfter(lost.plusMillis(5)));
        UUID after = order(client, "ZQUIET", "91.00");

        orders.database().jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO disconnect_guards (id, client_id, symbol, due_at, fired_at)
                VALUES (uuidv7(), ?, '', now(), ?)""", client.id(), lost));

        awaitCancelled(client, before);
        assertThat(status(client, after)).isEqualTo("working");
    }

    private int guards(OrdersClient client) {
        return orders.database().jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM disconnect_guards WHERE client_id = :client")
                .bind("client", client.id())
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void aDrainedInstanceLeavesItsClientsTheTimeTheyAskedFor() {
        OrdersClient gone = funded();
        OrdersClient back = funded();
        UUID goneOrder = order(gone, "ZQUIET", "90.00");
        UUID backOrder = order(back, "ZQUIET", "90.00");
        OrdersServer leaving = orders.another("leaving");
        StreamClient goneStream = guarded(leaving.url(), gone, "2s");
        guarded(leaving.url(), back, "4s");

        leaving.close();
        assertThat(goneStream.awaitClose()).isEqualTo("going_away");
        try (StreamClient again = guarded(server.url(), back, "4s")) {
            awaitCancelled(gone, goneOrder);
            Eventually.await("the lost guard is relieved", SOON, () -> guards(back) == 1);
            assertThat(status(back, backOrder)).isEqualTo("working");
            assertThat(again.received("error", CHANNEL)).isEmpty();
        }
    }
}
