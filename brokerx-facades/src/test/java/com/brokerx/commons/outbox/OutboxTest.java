package com.brokerx.commons.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.ProblemException;
import com.brokerx.commons.trace.TraceContext;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sender and a receiver, each with a database of its own, and real HTTP between them. */
class OutboxTest {

    private record Said(String who, String text) implements Event {
        @Override
        public String type() {
            return "test.said";
        }

        @Override
        public String aggregate() {
            return who;
        }
    }

    private final Jdbi sender =
            TestDatabase.migrated("commons-test/migrations.xml").jdbi();
    private final Jdbi receiver =
            TestDatabase.migrated("commons-test/migrations.xml").jdbi();
    private final List<String> continued = Collections.synchronizedList(new ArrayList<>());
    private final List<String> refuse = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean receiverIsDown;
    private volatile boolean loseAnswers;
    private HttpServer server;
    private OutboxSettings settings;
    private Outbox outbox;
    private OutboxRelay relay;

    @BeforeEach
    void connect() throws IOException {
        WebhookReceiver webhook = receiverWith("secret");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", exchange -> answer(exchange, webhook));
        server.start();
        settings = new OutboxSettings(
                List.of(new OutboxSettings.Subscriber(
                        "other",
                        URI.create("http://localhost:" + server.getAddress().getPort() + "/hook"),
                        List.of("secret"),
                        Set.of("test.said"))),
                Duration.milliseconds(20),
                100,
                null,
                Duration.seconds(2),
                Duration.milliseconds(1),
                Duration.milliseconds(5),
                3);
        outbox = new Outbox(settings);
        relay = newRelay();
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        relay.stop();
        server.stop(0);
    }

    @Test
    void deliversWhatWasCommittedInOrderAndForgetsIt() {
        say("a", "1", "2", "3");
        sender.useTransaction(tx -> {
            outbox.append(tx, new Said("a", "rolled back"));
            tx.rollback();
        });

        deliver();

        assertThat(heard()).containsExactly("a:1", "a:2", "a:3");
        assertThat(waiting()).isZero();
    }

    @Test
    void anEffectHappensOnceThoughTheAnswerIsLost() {
        say("a", "1", "2");
        loseAnswers = true;
        deliver();
        assertThat(waiting()).isEqualTo(2);

        loseAnswers = false;
        deliver();

        assertThat(heard()).containsExactly("a:1", "a:2");
        assertThat(waiting()).isZero();
    }

    @Test
    void theConsumerContinuesTheRequestAndItsTrace() {
        TraceContext cause = TraceContext.begin();
        try (var request = RequestId.enter("request-1");
                var trace = cause.enter()) {
            say("a", "1");
        }

        deliver();

        assertThat(continued).containsExactly("request-1 " + cause.toHeader());
    }

    @Test
    void keepsEverythingWhileTheReceiverIsDown() {
        receiverIsDown = true;
        say("a", "1");
        deliver();
        assertThat(waiting()).isEqualTo(1);

        receiverIsDown = false;
        deliver();

        assertThat(heard()).containsExactly("a:1");
    }

    @Test
    void aRefusedEventHoldsBackItsAggregateOnly() {
        refuse.add("a:2");
        say("a", "1", "2", "3");
        say("b", "1", "2");

        deliver();

        assertThat(heard()).containsExactly("a:1", "b:1", "b:2");
        assertThat(waiting()).isEqualTo(2);

        refuse.clear();
        Eventually.await("the retry", java.time.Duration.ofSeconds(5), () -> {
            deliver();
            return waiting() == 0;
        });
        assertThat(heard()).endsWith("a:2", "a:3");
    }

    @Test
    void parksAnAggregateThatKeepsFailingUntilItIsDrivenAgain() {
        refuse.add("a:1");
        say("a", "1");
        Eventually.await("parking", java.time.Duration.ofSeconds(5), () -> {
            deliver();
            return sender.withExtension(OutboxStore.class, OutboxStore::parked) == 1;
        });
        refuse.clear();
        deliver();
        assertThat(heard()).isEmpty();

        sender.useExtension(OutboxStore.class, OutboxStore::driveAgain);
        deliver();

        assertThat(heard()).containsExactly("a:1");
    }

    @Test
    void onlyOneOfTwoRelaysServesADestination() throws Exception {
        say("a", "1");
        deliver();
        OutboxRelay second = newRelay();
        say("a", "2");

        assertThat(second.deliverOnce(subscriber())).isZero();

        relay.stop(); // gives the lease back
        assertThat(second.deliverOnce(subscriber())).isEqualTo(1);
        second.stop();
    }

    @Test
    void aLeaseIsNotWrittenAnewAtEveryLook() {
        say("a", "1");
        deliver();
        Instant expiry = leaseExpiry();
        say("a", "2");
        deliver();

        assertThat(heard()).containsExactly("a:1", "a:2");
        assertThat(leaseExpiry()).isEqualTo(expiry);
    }

    private Instant leaseExpiry() {
        return sender.withHandle(handle -> handle.createQuery("SELECT expires_at FROM outbox_leases")
                .mapTo(Instant.class)
                .one());
    }

    @Test
    void aRunningRelayIsWokenByACommit() {
        relay.start();
        say("a", "1");
        outbox.wake();

        Eventually.await("delivery", java.time.Duration.ofSeconds(5), () -> waiting() == 0);
        assertThat(heard()).containsExactly("a:1");
    }

    @Test
    void refusesForgedAndStaleDeliveries() {
        byte[] body = "{\"events\":[]}".getBytes(StandardCharsets.UTF_8);
        long now = Instant.now().getEpochSecond();
        WebhookReceiver webhook = receiverWith("secret");

        assertThat(webhook.receive("id", "" + now, sign("secret", now, body), body)
                        .refused())
                .isEmpty();
        assertThatThrownBy(() -> webhook.receive("id", "" + now, sign("guess", now, body), body))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> webhook.receive("id", "" + (now - 600), sign("secret", now - 600, body), body))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> webhook.receive("id", null, null, body)).isInstanceOf(ProblemException.class);
    }

    @Test
    void acceptsTheOldSecretWhileItIsRotated() {
        byte[] body = "{\"events\":[]}".getBytes(StandardCharsets.UTF_8);
        long now = Instant.now().getEpochSecond();

        WebhookReceiver rotating = receiverWith("new", "secret");

        assertThat(rotating.receive("id", "" + now, sign("secret", now, body), body)
                        .refused())
                .isEmpty();
        assertThat(rotating.receive("id", "" + now, sign("new", now, body), body)
                        .refused())
                .isEmpty();
    }

    private static String sign(String secret, long timestamp, byte[] body) {
        return WebhookSignature.sign(List.of(secret), "id", timestamp, body);
    }

    private WebhookReceiver receiverWith(String... secrets) {
        return new WebhookReceiver(
                receiver, new WebhookSettings(List.of(secrets), null), InstantSource.system(), (tx, events) -> {
                    continued.add(RequestId.currentOrNew() + " "
                            + TraceContext.currentHeader().orElse("-"));
                    for (EventEnvelope event : events) {
                        String text = event.aggregate() + ":"
                                + event.data().path("text").asText();
                        if (refuse.contains(text)) {
                            throw new IllegalStateException("cannot take " + text);
                        }
                        tx.createUpdate("INSERT INTO effects (text) VALUES (:text)")
                                .bind("text", text)
                                .execute();
                    }
                });
    }

    private void answer(HttpExchange exchange, WebhookReceiver webhook) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (receiverIsDown) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        var headers = exchange.getRequestHeaders();
        byte[] receipt = Json.mapper()
                .writeValueAsBytes(webhook.receive(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        body));
        if (loseAnswers) {
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, receipt.length);
        exchange.getResponseBody().write(receipt);
        exchange.close();
    }

    private OutboxRelay newRelay() {
        return new OutboxRelay(sender, outbox, settings, FacadeClient.newHttpClient(), "token", InstantSource.system());
    }

    private OutboxSettings.Subscriber subscriber() {
        return settings.subscribers().getFirst();
    }

    private void say(String who, String... texts) {
        sender.useTransaction(tx -> List.of(texts).forEach(text -> outbox.append(tx, new Said(who, text))));
    }

    private void deliver() {
        try {
            relay.deliverOnce(subscriber());
        } catch (OutboxRelay.DeliveryException expected) {
            assertThat(receiverIsDown || loseAnswers).as(expected.toString()).isTrue();
        }
    }

    private List<String> heard() {
        return receiver.withHandle(handle -> handle.createQuery("SELECT text FROM effects ORDER BY position")
                .mapTo(String.class)
                .list());
    }

    private long waiting() {
        return sender.withExtension(OutboxStore.class, OutboxStore::waiting);
    }
}
