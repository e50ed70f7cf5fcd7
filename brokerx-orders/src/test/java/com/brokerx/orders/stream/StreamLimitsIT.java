package com.brokerx.orders.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.auth.Caller;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.StreamClient;
import com.brokerx.testing.TestIdentity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Peers that want too much, say too much or say nothing, on a server with tight limits. */
class StreamLimitsIT {

    @AutoClose
    private static final RunningOrders ORDERS = RunningOrders.start(
            "orders.stream.heartbeat=1s",
            "orders.stream.authenticationTimeout=1s",
            "orders.stream.silence=3s",
            "orders.stream.connectionsPerClient=2",
            "orders.stream.subscriptionsPerClient=3",
            "orders.stream.messagesPerSecond=10",
            "orders.stream.messageBurst=50",
            "orders.stream.messageSize=2KiB");

    private final URI server = ORDERS.server().url();
    private final TestIdentity identity = ORDERS.identity();

    private StreamClient connect() {
        return StreamClient.connect(server, identity.token(UUID.randomUUID()));
    }

    @Test
    void sendsAHeartbeatAsOftenAsItIsSet() {
        try (StreamClient stream = connect()) {
            stream.await(
                    "four heartbeats",
                    message -> stream.received("heartbeat", "null").size() >= 4);
            List<Instant> times = stream.received().stream()
                    .map(message -> Instant.parse(message.path("timestamp").asText()))
                    .toList();
            List<Duration> gaps = IntStream.range(1, times.size())
                    .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)))
                    .toList();

            // A busy machine may be late with one, which brings it nearer to the next.
            assertThat(gaps)
                    .anySatisfy(gap -> assertThat(gap).isBetween(Duration.ofMillis(750), Duration.ofMillis(1500)));
        }
    }

    @Test
    void answersAPing() {
        try (StreamClient stream = connect()) {
            stream.send("{\"action\":\"ping\"}").await("the answer", StreamClient.of("heartbeat", "null"));
        }
    }

    @Test
    void endsAConnectionWithoutAToken() {
        try (StreamClient stream = StreamClient.connectTo(server, "/api/v1/stream")) {
            stream.awaitError("authentication_timeout");
            assertThat(stream.awaitClose()).isEqualTo("authentication_timeout");
        }
    }

    @Test
    void endsAConnectionThatSubscribesBeforeItSaysWhoItIs() {
        try (StreamClient stream = StreamClient.connectTo(server, "/api/v1/stream")) {
            stream.subscribe("quotes:AAPL").awaitError("unauthorized");
            assertThat(stream.awaitClose()).isEqualTo("unauthorized");
        }
    }

    @Test
    void endsAConnectionWhoseSessionHasEnded() {
        UUID session = UUID.randomUUID();
        String token =
                identity.token(new Caller(UUID.randomUUID(), session, Set.of()), Instant.now(), Duration.ofMinutes(5));
        try (StreamClient stream = StreamClient.connect(server, token)) {
            stream.subscribe("orders").awaitSnapshot("orders");
            identity.revoke(session);
            assertThat(stream.awaitClose()).isEqualTo("unauthorized");
        }
    }

    @Test
    void endsAConnectionWhoseTokenHasEndedUnlessTheNextOneCameInTime() {
        UUID client = UUID.randomUUID();
        Caller caller = new Caller(client, UUID.randomUUID(), Set.of());
        String brief = identity.token(caller, Instant.now(), Duration.ofSeconds(3));
        try (StreamClient ended = StreamClient.connect(server, brief);
                StreamClient renewed = StreamClient.connect(server, brief)) {
            renewed.authenticate(identity.token(client));
            assertThat(ended.awaitClose()).isEqualTo("unauthorized");
            renewed.subscribe("orders").awaitSnapshot("orders");
        }
    }

    @Test
    void refusesTheTokenOfAnotherClientOnTheSameConnection() {
        try (StreamClient stream = connect()) {
            stream.authenticate(identity.token(UUID.randomUUID()));
            assertThat(stream.awaitClose()).isEqualTo("unauthorized");
        }
    }

    @Test
    void allowsAClientSoManyConnections() {
        String token = identity.token(UUID.randomUUID());
        try (StreamClient first = StreamClient.connect(server, token);
                StreamClient second = StreamClient.connect(server, token);
                StreamClient third = StreamClient.connect(server, token)) {
            assertThat(third.awaitClose()).isEqualTo("connection_limit_exceeded");
            second.close();
            second.awaitClose();
            first.subscribe("orders").awaitSnapshot("orders");
        }
        try (StreamClient again = StreamClient.connect(server, token)) {
            again.subscribe("orders").awaitSnapshot("orders");
        }
    }

    @Test
    void allowsAClientSoManySubscriptions() {
        try (StreamClient stream = connect()) {
            stream.subscribe("orders", "quotes:AAPL", "quotes:MSFT", "quotes:TSLA")
                    .awaitError("subscription_limit_exceeded");
            stream.send("{\"action\":\"unsubscribe\",\"channels\":[\"quotes:AAPL\"]}");
            stream.subscribe("quotes:TSLA").awaitSnapshot("quotes:TSLA");
            assertThat(stream.received("error", "quotes:TSLA")).hasSize(1);
        }
    }

    @Test
    void saysWhatItDoesNotUnderstandAndGoesOn() {
        try (StreamClient stream = connect()) {
            stream.send("what?").awaitError("malformed_message");
            stream.send("{\"action\":\"dance\"}").awaitError("unknown_action");
            stream.send("{\"action\":\"subscribe\",\"channels\":[\"weather\",\"quotes:NOPE\"],\"nonsense\":1}");
            stream.await(
                    "the unknown field",
                    message -> stream.received("error", "null").size() == 3);
            stream.subscribe("weather", "quotes:NOPE", "orders").awaitSnapshot("orders");

            assertThat(stream.received())
                    .extracting(message -> message.path("code").asText())
                    .containsExactly(
                            "malformed_message",
                            "unknown_action",
                            "malformed_message",
                            "unknown_channel",
                            "unknown_channel",
                            "");
        }
    }

    @Test
    void endsAPeerWhoFloodsItWithPings() {
        try (StreamClient stream = connect()) {
            try {
                for (int i = 0; i < 10_000; i++) {
                    stream.send("{\"action\":\"ping\"}");
                }
            } catch (CompletionException ended) {
                // It had enough while we were sending.
            }
            assertThat(stream.awaitClose()).isIn("message_rate_exceeded", null);
            assertThat(stream.received("heartbeat", "null")).hasSizeLessThan(100);
        }
    }

    @Test
    void endsAPeerWhoFloodsItWithPingFrames() {
        try (StreamClient stream = connect()) {
            try {
                for (int i = 0; i < 10_000; i++) {
                    stream.socket().sendPing(ByteBuffer.allocate(8)).join();
                }
            } catch (CompletionException ended) {
                // It had enough while we were sending.
            }
            assertThat(stream.awaitClose()).isIn("message_rate_exceeded", null);
        }
    }

    @Test
    void endsAPeerWhoIsSilent() {
        try (StreamClient silent = connect();
                StreamClient alive = connect()) {
            silent.stopReading();
            alive.await(
                    "four heartbeats",
                    message -> alive.received("heartbeat", "null").size() >= 5);
            silent.readOn();
            silent.awaitError("silent");
            assertThat(alive.closeStatus()).isNull();
        }
    }

    @Test
    void endsAPeerWhoseMessageIsTooLargeOrNoText() {
        try (StreamClient large = connect();
                StreamClient binary = connect()) {
            large.send("{\"action\":\"" + "x".repeat(3_000) + "\"}");
            binary.socket().sendBinary(ByteBuffer.allocate(8), true).join();
            large.awaitClose();
            binary.awaitClose();

            assertThat(large.closeStatus()).isEqualTo(1009);
            assertThat(binary.closeStatus()).isEqualTo(1003);
        }
    }

    @Test
    void answersARequestThatWantsNoWebSocket() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.resolve("/api/v1/stream")).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.headers().firstValue("Upgrade")).hasValue("websocket");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"upgrade_required\"");
    }
}
