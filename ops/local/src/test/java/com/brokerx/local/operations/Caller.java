package com.brokerx.local.operations;

import com.brokerx.commons.json.Json;
import com.brokerx.testing.StreamClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A client of the API at some address, signed in. */
record Caller(URI at, String clientId, String token) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String API_KEY = "brokerx-demo-key";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Caller register(URI at) {
        Caller nobody = new Caller(at, "", "");
        String email = UUID.randomUUID() + "@example.com";
        JsonNode registered = nobody.post(
                "/api/v1/clients", Map.of("client", Map.of("name", "Ann", "email", email, "password", "password123")));
        String id = registered.at("/client/id").asText();
        nobody.post("/api/v1/clients/" + id + "/verify_email", Map.of("token", registered.path("verification_token")));
        JsonNode login = nobody.post("/api/v1/auth/login", Map.of("email", email, "password", "password123"));
        JsonNode signedIn = nobody.post(
                "/api/v1/auth/verify_mfa",
                Map.of("session_token", login.path("session_token"), "mfa_code", login.path("mfa_code")));
        return new Caller(at, id, signedIn.path("token").asText());
    }

    Caller through(URI other) {
        return new Caller(other, clientId, token);
    }

    JsonNode post(String path, Object body) {
        return tree(send("POST", path, body));
    }

    JsonNode get(String path) {
        return tree(send("GET", path, null));
    }

    HttpResponse<String> order(String symbol, String direction, String price, String key) {
        return send("POST", "/api/v1/orders", body(symbol, direction, price, key));
    }

    private static Map<String, Object> body(String symbol, String direction, String price, String key) {
        return Map.of(
                "symbol", symbol,
                "direction", direction,
                "order_type", "limit",
                "quantity", 1,
                "price", price,
                "client_order_id", key);
    }

    /** Back office: shares or cash out of nowhere. */
    void give(URI portfolios, String asset, String amount) {
        Map<String, String> journal = Map.of("client_id", clientId, "asset", asset, "amount", amount, "reason", "test");
        HttpResponse<String> answer = send(request(portfolios, "POST", "/internal/journals", journal)
                .header("X-Internal-Token", "dev-internal-token")
                .header("Idempotency-Key", clientId + asset + amount));
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.body());
        }
    }

    /** An order as part of somebody's trace. */
    HttpResponse<String> order(String symbol, String direction, String price, String key, String traceparent) {
        return send(request(at, "POST", "/api/v1/orders", body(symbol, direction, price, key))
                .header("apikey", API_KEY)
                .header("Authorization", "Bearer " + token)
                .header("traceparent", traceparent));
    }

    HttpResponse<String> withoutKey(String path) {
        return send(request(at, "GET", path, null));
    }

    HttpResponse<String> send(String method, String path, Object bodyOrNull) {
        HttpRequest.Builder request = request(at, method, path, bodyOrNull).header("apikey", API_KEY);
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private static HttpRequest.Builder request(URI at, String method, String path, Object bodyOrNull) {
        try {
            HttpRequest.BodyPublisher body = bodyOrNull == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(bodyOrNull));
            return HttpRequest.newBuilder(at.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .method(method, body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Follows the live stream as this client, with the token in the first message and without an API key. */
    StreamClient follow(String path) {
        return StreamClient.connectTo(at, path).authenticate(token);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonNode tree(HttpResponse<String> answer) {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.statusCode() + " " + answer.body(), e);
        }
    }
}
