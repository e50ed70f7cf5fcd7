package com.brokerx.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.json.Json;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The services together in one process, over one database with a schema for each. */
class MonolithIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final TestDatabase SHARED = TestDatabase.empty();
    private static final List<String> SERVICES = List.of("clients", "portfolios");

    private static DropwizardTestSupport<MonolithConfiguration> app;

    @BeforeAll
    static void start() throws Exception {
        int port = freePort();
        List<ConfigOverride> settings = new ArrayList<>();
        settings.add(ConfigOverride.config("server.applicationConnectors[0].port", Integer.toString(port)));
        for (String service : SERVICES) {
            settings.add(ConfigOverride.config(service + ".database.url", SHARED.url() + "&currentSchema=" + service));
        }
        settings.add(ConfigOverride.config(
                "clients.outbox.subscribers[0].url", "http://localhost:" + port + "/internal/webhooks/portfolios"));
        app = new DropwizardTestSupport<>(
                MonolithApplication.class, "config/test.yml", settings.toArray(ConfigOverride[]::new));
        app.before();
    }

    @AfterAll
    static void stop() {
        app.after();
    }

    @Test
    void aClientComesFromRegistrationToMoneyInOneProcess() throws Exception {
        JsonNode registered = post(
                "/api/v1/clients",
                Map.of("client", Map.of("name", "Ann", "email", "ann@example.com", "password", "password123")),
                null);
        String id = registered.at("/client/id").asText();
        post("/api/v1/clients/" + id + "/verify_email", Map.of("token", registered.path("verification_token")), null);
        JsonNode login =
                post("/api/v1/auth/login", Map.of("email", "ann@example.com", "password", "password123"), null);
        String token = post(
                        "/api/v1/auth/verify_mfa",
                        Map.of("session_token", login.path("session_token"), "mfa_code", login.path("mfa_code")),
                        null)
                .path("token")
                .asText();

        // The default portfolio comes with the event that the address is verified.
        Eventually.await("the default portfolio", Duration.ofSeconds(10), () -> get("/api/v1/portfolio", token)
                .at("/data/client_id")
                .asText()
                .equals(id));
        post("/api/v1/deposits", Map.of("amount", "1000.00"), token);

        assertThat(get("/api/v1/portfolio", token).at("/data/available_balance").asText())
                .isEqualTo("1000.00");
    }

    @Test
    void everyServiceHasASchemaOfItsOwn() {
        List<String> schemas = SHARED.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT schemaname FROM pg_tables WHERE tablename = 'outbox' ORDER BY schemaname")
                .mapTo(String.class)
                .list());

        assertThat(schemas).containsExactlyElementsOf(SERVICES);
    }

    @Test
    void showsTheSeriesOfAllItsServices() throws Exception {
        String metrics = send(HttpRequest.newBuilder(URI.create("http://localhost:" + app.getAdminPort() + "/metrics")))
                .body();

        for (String service : SERVICES) {
            assertThat(metrics)
                    .contains("outbox_lag_seconds{service=\"" + service + "\",}")
                    .contains("db_pool_connections{pool=\"" + service + "\",state=\"idle\",}");
        }
    }

    @Test
    void saysThatItIsHealthy() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create("http://localhost:" + app.getAdminPort() + "/healthcheck")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"clients\"", "\"portfolios\"");
    }

    private static JsonNode get(String path, String token) {
        return json(request(path, token).GET());
    }

    private static JsonNode post(String path, Object body, String tokenOrNull) throws IOException {
        return json(request(path, tokenOrNull)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body))));
    }

    private static HttpRequest.Builder request(String path, String tokenOrNull) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + app.getLocalPort() + path));
        return tokenOrNull == null ? request : request.header("Authorization", "Bearer " + tokenOrNull);
    }

    private static JsonNode json(HttpRequest.Builder request) {
        try {
            return Json.mapper().readTree(send(request).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
