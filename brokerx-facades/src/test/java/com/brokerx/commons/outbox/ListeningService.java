package com.brokerx.commons.outbox;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.trace.TraceContext;
import com.brokerx.testing.TestDatabase;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;

/** Somebody who hears of events over real HTTP, writes down what they say in a database of its own, and fails on demand. */
final class ListeningService implements AutoCloseable {

    /** Texts that it cannot take. */
    final List<String> refuse = Collections.synchronizedList(new ArrayList<>());
    /** Under which request and trace it was at work. */
    final List<String> continued = Collections.synchronizedList(new ArrayList<>());

    volatile boolean isDown;
    volatile boolean losesAnswers;

    private final Jdbi jdbi =
            TestDatabase.migrated("commons-test/migrations.xml").jdbi();
    private final WebhookReceiver webhook = receiverWith("secret");
    private final HttpServer server;

    ListeningService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/hook");
    }

    /** What it was told and could take. */
    List<String> heard() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT text FROM effects ORDER BY position")
                .mapTo(String.class)
                .list());
    }

    /** Another way in, with these secrets. */
    WebhookReceiver receiverWith(String... secrets) {
        return new WebhookReceiver(
                jdbi, new WebhookSettings(List.of(secrets), null), InstantSource.system(), (tx, events) -> {
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

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (isDown) {
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
        if (losesAnswers) {
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, receipt.length);
        exchange.getResponseBody().write(receipt);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
