package com.brokerx.orders.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import com.brokerx.testing.StreamClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a program sees that follows the stream of one instance. */
@ExtendWith(SharedOrders.class)
class StreamIT {

    private final RunningOrders orders;
    private final URI server;

    StreamIT(RunningOrders orders) {
        this.orders = orders;
        this.server = orders.server().url();
    }

    private OrdersClient funded() {
        return orders.client("USD", "1000000.00", "AAPL", "10000", "ZQUIET", "10000");
    }

    @Test
    void tellsAClientOfItsOrdersAfterASnapshotOfThoseThatAreOpen() {
        OrdersClient client = funded();
        String before = client.limit("MSFT", "buy", 1, "350.00").text("id");
        try (StreamClient stream = orders.stream(client)) {
            JsonNode snapshot = stream.subscribe("orders").awaitSnapshot("orders");
            String order = client.limit("MSFT", "buy", 2, "351.00").text("id");
            client.cancel(UUID.fromString(order));
            stream.await(
                    "the cancellation",
                    message -> message.at("/data/event").asText().equals("cancelled"));

            assertThat(snapshot.at("/data/orders")).hasSize(1);
            assertThat(snapshot.at("/data/orders/0/id").asText()).isEqualTo(before);
            List<JsonNode> updates = stream.received("update", "orders");
            assertThat(updates)
                    .extracting(update -> update.at("/data/event").asText())
                    .containsExactly("new", "cancelled");
            assertThat(updates)
                    .extracting(update -> update.path("sequence").asLong())
                    .containsExactly(
                            snapshot.path("sequence").asLong() + 1,
                            snapshot.path("sequence").asLong() + 2);
            assertThat(updates.get(1).at("/data/order/status").asText()).isEqualTo("cancelled");
            assertThat(updates.get(1).at("/data/execution/report_type").asText())
                    .isEqualTo("cancelled");
        }
    }

    @Test
    void replaysExactlyWhatWasMissed() {
        OrdersClient client = funded();
        for (int i = 0; i < 5; i++) {
            client.limit("MSFT", "buy", 1, "350.00");
        }
        try (StreamClient stream = orders.stream(client)) {
            stream.subscribeAfter(2);
            stream.await("the last entry", message -> message.path("sequence").asLong() == 5);
            client.limit("MSFT", "buy", 1, "350.00");
            stream.await("the live entry", message -> message.path("sequence").asLong() == 6);

            assertThat(stream.received("update", "orders"))
                    .extracting(message -> message.path("sequence").asLong())
                    .containsExactly(3L, 4L, 5L, 6L);
        }
    }

    @Test
    void refusesToBeginBehindTheEndOfTheLog() {
        OrdersClient client = funded();
        try (StreamClient stream = orders.stream(client)) {
            stream.subscribeAfter(7).awaitError("invalid_after");
            stream.subscribeAfter(-1);
            stream.await("a second refusal", message -> stream.received().size() == 2);
        }
    }

    @Test
    void tellsOfQuotesBookAndTrades() {
        OrdersClient buyer = funded();
        OrdersClient seller = funded();
        try (StreamClient stream = orders.stream(buyer)) {
            stream.subscribe("quotes:ZQUIET", "book:ZQUIET", "trades:ZQUIET");
            stream.awaitSnapshot("quotes:ZQUIET");
            JsonNode book = stream.awaitSnapshot("book:ZQUIET");
            stream.awaitSnapshot("trades:ZQUIET");
            buyer.limit("ZQUIET", "buy", 5, "99.00");
            JsonNode risen = stream.await("the level", StreamClient.of("update", "book:ZQUIET"));
            seller.limit("ZQUIET", "sell", 5, "99.00");
            JsonNode trade = stream.await("the trade", StreamClient.of("update", "trades:ZQUIET"));
            JsonNode gone = stream.await(
                    "the level is gone",
                    message -> message.at("/data/bids/0/1").asText().equals("0"));

            assertThat(book.at("/data/bids")).isEmpty();
            assertThat(risen.at("/data/bids").toString()).isEqualTo("[[\"99.00\",5]]");
            assertThat(gone.at("/data/bids").toString()).isEqualTo("[[\"99.00\",0]]");
            assertThat(gone.path("sequence").asLong())
                    .isEqualTo(risen.path("sequence").asLong() + 1);
            assertThat(trade.at("/data/price").asText()).isEqualTo("99.00");
            assertThat(trade.at("/data/taker_direction").asText()).isEqualTo("sell");
            stream.await(
                    "the quote",
                    message -> message.at("/data/last").asText().equals("99.00")
                            && message.path("type").asText().equals("update"));
        }
    }

    @Test
    void takesATokenInTheHeaderTheQueryOrTheFirstMessage() {
        OrdersClient client = funded();
        String token = orders.identity().token(client.id());
        try (StreamClient byHeader = StreamClient.connect(server, token);
                StreamClient byQuery = StreamClient.connectTo(server, "/cable?token=" + token);
                StreamClient byMessage = StreamClient.connectTo(server, "/cable")) {
            byMessage.authenticate(token);
            for (StreamClient stream : List.of(byHeader, byQuery, byMessage)) {
                stream.subscribe("orders").awaitSnapshot("orders");
            }
        }
    }

    @Test
    void refusesABadTokenWhereverItComes() {
        assertThatThrownBy(() -> StreamClient.connect(server, "x.y.z"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> assertThat(
                                refused.getResponse().statusCode())
                        .isEqualTo(401));
        assertThatThrownBy(() -> StreamClient.connectTo(server, "/api/v1/stream?token=no"))
                .cause()
                .isInstanceOf(WebSocketHandshakeException.class);
        try (StreamClient stream = StreamClient.connectTo(server, "/api/v1/stream")) {
            stream.send("{\"action\":\"authenticate\",\"token\":\"no\"}").awaitError("unauthorized");
            assertThat(stream.awaitClose()).isEqualTo("unauthorized");
            assertThat(stream.closeStatus()).isEqualTo(1008);
        }
    }
}
