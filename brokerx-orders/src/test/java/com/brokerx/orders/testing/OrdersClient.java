package com.brokerx.orders.testing;

import com.brokerx.commons.json.Json;
import com.brokerx.testing.TestIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** A client of the brokerage with a token, who talks to one instance over HTTP. */
public final class OrdersClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What came back. */
    public record Answer(int status, JsonNode body, HttpResponse<?> response) {
        public UUID id() {
            return UUID.fromString(body.path("id").asText());
        }

        public UUID orderId() {
            return UUID.fromString(body.path("order_id").asText());
        }

        public String text(String field) {
            return body.path(field).asText(null);
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    private final URI server;
    private final UUID id;
    private final String token;

    private OrdersClient(URI server, UUID id, String token) {
        this.server = server;
        this.id = id;
        this.token = token;
    }

    static OrdersClient of(URI server, TestIdentity identity, String... roles) {
        UUID id = UUID.randomUUID();
        return new OrdersClient(server, id, identity.token(id, roles));
    }

    /** What is to be read there without a token. */
    static String text(URI address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The value of a series at an admin port, named with its labels as in the Prometheus text; 0 where there is none. */
    static double metric(URI adminUrl, String series) {
        return text(adminUrl.resolve("/metrics"))
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Whether an admin port says that all is well. */
    static boolean isHealthy(URI healthcheck) {
        try {
            HttpRequest request = HttpRequest.newBuilder(healthcheck).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public UUID id() {
        return id;
    }

    /** The same client at another instance. */
    public OrdersClient at(URI other) {
        return new OrdersClient(other, id, token);
    }

    public Answer limit(String symbol, String direction, long quantity, String price, String... more) {
        return post("/api/v1/orders", """
                {"symbol":"%s","direction":"%s","order_type":"limit","quantity":%d,"price":"%s"%s}""".formatted(symbol, direction, quantity, price, fields(more)));
    }

    public Answer market(String symbol, String direction, long quantity, String... more) {
        return post("/api/v1/orders", """
                {"symbol":"%s","direction":"%s","order_type":"market","quantity":%d%s}""".formatted(symbol, direction, quantity, fields(more)));
    }

    public Answer stop(String symbol, String direction, long quantity, String stopPrice, String... more) {
        return post("/api/v1/orders", """
                {"symbol":"%s","direction":"%s","order_type":"stop","quantity":%d,"stop_price":"%s"%s}""".formatted(symbol, direction, quantity, stopPrice, fields(more)));
    }

    public Answer stopLimit(
            String symbol, String direction, long quantity, String stopPrice, String price, String... more) {
        return post("/api/v1/orders", """
                {"symbol":"%s","direction":"%s","order_type":"stop_limit","quantity":%d,"stop_price":"%s","price":"%s"%s}""".formatted(symbol, direction, quantity, stopPrice, price, fields(more)));
    }

    public Answer oco(String symbol, String direction, long quantity, String price, String stopPrice, String... more) {
        return post("/api/v1/orders", """
                {"symbol":"%s","direction":"%s","order_type":"oco","quantity":%d,"price":"%s","stop_price":"%s"%s}""".formatted(symbol, direction, quantity, price, stopPrice, fields(more)));
    }

    private static String fields(String... more) {
        StringBuilder fields = new StringBuilder();
        for (String field : more) {
            int equals = field.indexOf('=');
            String value = field.substring(equals + 1);
            boolean isText = !value.equals("true") && !value.equals("false");
            fields.append(",\"%s\":%s".formatted(field.substring(0, equals), isText ? '"' + value + '"' : value));
        }
        return fields.toString();
    }

    public Answer order(UUID orderId) {
        return get("/api/v1/orders/" + orderId);
    }

    public Answer cancel(UUID orderId) {
        return post("/api/v1/orders/" + orderId + "/cancel", "{}");
    }

    public Answer replace(UUID orderId, String body) {
        return post("/api/v1/orders/" + orderId + "/replace", body);
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    public Answer delete(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("DELETE", HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** As another service of ours. */
    public Answer postInternally(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("X-Internal-Token", "dev-internal-token")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public Answer post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public Answer postWithKey(String path, String key, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = response.body().length == 0
                    ? Json.mapper().nullNode()
                    : Json.mapper().readTree(response.body());
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
