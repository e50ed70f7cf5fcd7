package com.brokerx.local.bench;

import com.brokerx.local.stack.TemporaryStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Calls the services outside the measured load: to prepare it and to check what it left. */
final class Services {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The development default, see brokerx-portfolios/config/development.yml. */
    private static final String INTERNAL_TOKEN = "dev-internal-token";

    /** For everything that the bench does beside its load. */
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI clients;
    private final URI portfolios;
    private final URI orders;

    Services(TemporaryStack stack) {
        this.clients = stack.address("clients");
        this.portfolios = stack.address("portfolios");
        this.orders = stack.address("orders");
    }

    JsonNode postToClients(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(post(clients, path, body));
    }

    /** @param key makes a repeat harmless */
    void journal(String key, Map<String, ?> body) throws IOException, InterruptedException {
        send(post(portfolios, "/internal/journals", body)
                .header("X-Internal-Token", INTERNAL_TOKEN)
                .header("Idempotency-Key", key));
    }

    /** Sums over everything that anybody has. */
    JsonNode totals() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(portfolios.resolve("/internal/reconciliation/portfolios/totals"))
                .header("X-Internal-Token", INTERNAL_TOKEN));
    }

    JsonNode cancelAll(Account account) throws IOException, InterruptedException {
        return send(post(orders, "/api/v1/orders/cancel_all", Map.of())
                .header("Authorization", "Bearer " + account.token()));
    }

    private static HttpRequest.Builder post(URI service, String path, Map<String, ?> body) throws IOException {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.timeout(PATIENCE).build();
        HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body = JSON.readTree(response.body());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    "%s %s answered %d: %s".formatted(request.method(), request.uri(), response.statusCode(), body));
        }
        return body;
    }
}
