package com.brokerx.clients;

import static com.brokerx.clients.RunningClients.INTERNAL_TOKEN;
import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.WebhookSignature;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What portfolios hears of clients, over real HTTP. */
class EventsIT {

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isDown = new AtomicBoolean();

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        boolean genuine = INTERNAL_TOKEN.equals(headers.getFirst("X-Internal-Token"))
                && WebhookSignature.verify(
                        List.of("dev-webhook-secret"),
                        headers.getFirst(WebhookSignature.ID_HEADER),
                        Long.parseLong(headers.getFirst(WebhookSignature.TIMESTAMP_HEADER)),
                        body,
                        headers.getFirst(WebhookSignature.SIGNATURE_HEADER),
                        Instant.now(),
                        Duration.ofMinutes(5));
        boolean taken = genuine && !isDown.get();
        if (taken) {
            Json.mapper().readTree(body).path("events").forEach(received::add);
        }
        byte[] answer = "{\"refused\":[]}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(taken ? 200 : 503, answer.length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    @Test
    void tellsPortfoliosOfVerifiedAndClosedAccountsInOrderAndAfterAnOutage() throws IOException {
        HttpServer portfolios = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        portfolios.createContext("/internal/webhooks/portfolios", this::receive);
        portfolios.start();
        String url = "http://localhost:" + portfolios.getAddress().getPort() + "/internal/webhooks/portfolios";
        try (RunningClients clients =
                RunningClients.start("clients.outbox.subscribers[0].url=" + url, "clients.outbox.firstRetry=50ms")) {
            isDown.set(true);
            SignedIn client = clients.signedIn();
            clients.call("DELETE", "/api/v1/clients/" + client.id(), null, bearer(client.token()));
            assertThat(received).isEmpty();
            isDown.set(false);

            Eventually.await("both events", Duration.ofSeconds(20), () -> received.size() >= 2);

            assertThat(received)
                    .extracting(event -> event.path("type").asText())
                    .containsExactly("client.email_verified", "client.closed");
            assertThat(received)
                    .allSatisfy(event -> assertThat(event.at("/data/client_id").asText())
                            .isEqualTo(client.id().toString()));
        } finally {
            portfolios.stop(0);
        }
    }
}
