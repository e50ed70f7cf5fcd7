package com.brokerx.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.json.Json;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.FreePort;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The monolith as a process of its own, and a client of its API. */
final class RunningMonolith implements AutoCloseable {

    static final List<String> CONTEXTS = List.of("clients", "orders", "portfolios");
    static final Duration SOON = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration START = Duration.ofSeconds(90);

    private final int port = FreePort.find();
    private final int adminPort = FreePort.find();
    private final Path log = Path.of("target", "monolith-" + port + ".log");
    private final Process process;

    record Client(String id, String token) {}

    /** With its development settings. @param databases each context's JDBC URL */
    RunningMonolith(Map<String, String> databases) throws IOException {
        this(databases, "config/development.yml", Map.of());
    }

    /** Returns when it answers. @throws AssertionError with what it said, when it ends instead */
    RunningMonolith(Map<String, String> databases, String configuration, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        command("com.brokerx.monolith.MonolithApplication", "server", configuration))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CLASSPATH", System.getProperty("java.class.path"),
                        "PORT", Integer.toString(port),
                        "ADMIN_PORT", Integer.toString(adminPort),
                        "INSTANCE_ID", "monolith-under-test",
                        "DATABASE_USER", "postgres"));
        CONTEXTS.forEach(context -> builder.environment()
                .put(context.toUpperCase(java.util.Locale.ROOT) + "_DATABASE_URL", databases.get(context)));
        builder.environment().putAll(environment);
        process = builder.start();
        Eventually.await("the start of the monolith", START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(String.join("\n", log()));
            }
            return get("/health", null).path("status").asText().equals("ok");
        });
    }

    private static List<String> command(String... main) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            // As in an image; the JVM would write a warning into the log.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(main));
        return command;
    }

    /** The whole lines that it has printed so far. */
    List<String> log() {
        try {
            String text = Files.readString(log);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Registers, verifies and signs in; returns when the default portfolio is there, which an event makes. */
    Client newClient(String name) {
        String email = name + "@example.com";
        JsonNode registered = post(
                "/api/v1/clients",
                Map.of("client", Map.of("name", name, "email", email, "password", "password123")),
                null);
        String id = registered.at("/client/id").asText();
        post("/api/v1/clients/" + id + "/verify_email", Map.of("token", registered.path("verification_token")), null);
        Client client = new Client(id, signIn(email));
        Eventually.await("the default portfolio", SOON, () -> portfolio(client, "client_id")
                .equals(id));
        return client;
    }

    String signIn(String email) {
        JsonNode login = post("/api/v1/auth/login", Map.of("email", email, "password", "password123"), null);
        JsonNode signedIn = post(
                "/api/v1/auth/verify_mfa",
                Map.of("session_token", login.path("session_token"), "mfa_code", login.path("mfa_code")),
                null);
        return signedIn.path("token").asText();
    }

    String portfolio(Client client, String field) {
        return get("/api/v1/portfolio", client.token()).at("/data/" + field).asText();
    }

    void give(Client client, String symbol, int shares) {
        Map<String, Object> journal =
                Map.of("client_id", client.id(), "asset", symbol, "amount", Integer.toString(shares), "reason", "test");
        JsonNode answer = json(withBody(request(port, "/internal/journals", null), journal)
                .header("X-Internal-Token", "dev-internal-token")
                .header("Idempotency-Key", client.id() + symbol));
        assertThat(answer.has("code")).as(answer.toString()).isFalse();
    }

    /** @param key makes it one order however often it is sent */
    JsonNode order(Client client, String direction, int quantity, String key) {
        Map<String, Object> order = Map.of(
                "symbol",
                "ZQUIET",
                "direction",
                direction,
                "order_type",
                "limit",
                "quantity",
                quantity,
                "price",
                "100.00",
                "client_order_id",
                key);
        return post("/api/v1/orders", order, client.token());
    }

    JsonNode get(String path, String tokenOrNull) {
        return json(request(port, path, tokenOrNull).GET());
    }

    /** @param headers names and values in turn */
    JsonNode get(String path, String tokenOrNull, String... headers) {
        return json(request(port, path, tokenOrNull).headers(headers));
    }

    JsonNode post(String path, Object body, String tokenOrNull) {
        return json(withBody(request(port, path, tokenOrNull), body));
    }

    /** @param headers names and values in turn */
    JsonNode post(String path, Object body, String tokenOrNull, String... headers) {
        return json(withBody(request(port, path, tokenOrNull).headers(headers), body));
    }

    HttpResponse<String> admin(String path) {
        return send(request(adminPort, path, null));
    }

    private static HttpRequest.Builder withBody(HttpRequest.Builder request, Object body) {
        try {
            return request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest.Builder request(int port, String path, String tokenOrNull) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return tokenOrNull == null ? request : request.header("Authorization", "Bearer " + tokenOrNull);
    }

    /** The answer's body; nothing while nobody listens yet. */
    private static JsonNode json(HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request);
        try {
            return answer == null ? MissingNode.getInstance() : Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException notListening) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
