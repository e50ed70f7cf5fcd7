package com.brokerx.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.gateway.config.KongFileReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that production uses, with its hosts replaced by test servers. */
class KongYmlTest {

    private static final String[] KEY = {"apikey", "brokerx-demo-key"};

    private static Backend clients;
    private static Backend portfolios;
    private static Backend orders;
    private static TestGateway gateway;
    private static Backend monolith;
    private static TestGateway fallback;

    @BeforeAll
    static void start() throws IOException {
        clients = Backend.named("clients");
        portfolios = Backend.named("portfolios");
        orders = Backend.named("orders");
        gateway = new TestGateway(Files.readString(Path.of("../../kong/kong.yml"))
                .replaceAll("host: clients\n(\\s+)port: 3001", "host: localhost\n$1port: " + clients.port())
                .replaceAll("host: portfolios\n(\\s+)port: 3002", "host: localhost\n$1port: " + portfolios.port())
                .replace("orders-1:3003", "localhost:" + orders.port()));
        monolith = Backend.named("monolith");
        fallback = new TestGateway(Files.readString(Path.of("../../kong/kong.monolith.yml"))
                .replaceAll("host: monolith\n(\\s+)port: 3000", "host: localhost\n$1port: " + monolith.port()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        fallback.close();
        monolith.close();
        clients.close();
        portfolios.close();
        orders.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/clients, clients",
        "PATCH, /api/v1/clients/42, clients",
        "DELETE, /api/v1/clients/42, clients",
        "GET, /api/v1/clients/42/verify_email?token=t, clients",
        "POST, /api/v1/clients/42/suspend, clients",
        "POST, /api/v1/auth/login, clients",
        "POST, /api/v1/auth/verify_mfa, clients",
        "GET, /api/v1/me, clients",
        "PATCH, /api/v1/me, clients",
        "DELETE, /api/v1/me/sessions/42, clients",
        "POST, /api/v1/me/mfa/totp/confirm, clients",
        "GET, /.well-known/jwks.json, clients",
        "GET, /docs, clients",
        "GET, /docs/clients.yaml, clients",
        "GET, /docs/portfolios.yaml, portfolios",
        "GET, /docs/orders.yaml, orders",
        "GET, /api/v1/market_data, orders",
        "GET, /api/v1/market_data/AAPL/bars, orders",
        "GET, /api/v1/instruments, orders",
    })
    void isOpen(String method, String path, String service) {
        HttpResponse<String> response = gateway.send(method, path, BodyPublishers.noBody());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("backend " + service, method + " " + path.replaceFirst("\\?.*", ""));
        assertThat(response.headers().firstValue("RateLimit-Limit")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/portfolios, portfolios",
        "POST, /api/v1/portfolios, portfolios",
        "GET, /api/v1/portfolio, portfolios",
        "GET, /api/v1/portfolios/42/balance, portfolios",
        "POST, /api/v1/deposits, portfolios",
        "GET, /api/v1/deposits/42, portfolios",
        "POST, /api/v1/withdrawals, portfolios",
        "POST, /api/v1/orders, orders",
        "GET, /api/v1/orders/events, orders",
        "POST, /api/v1/orders/42/replace, orders",
        "DELETE, /api/v1/orders/42, orders",
        "POST, /api/v1/orders/cancel_all, orders",
        "GET, /api/v1/executions, orders",
        "GET, /api/v1/trades/42, orders",
        "POST, /api/v1/instruments/AAPL/halt, orders",
    })
    void wantsAKey(String method, String path, String service) {
        assertThat(gateway.send(method, path, BodyPublishers.noBody()).statusCode())
                .isEqualTo(401);
        HttpResponse<String> response = gateway.send(method, path, BodyPublishers.noBody(), KEY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("backend " + service).doesNotContain("brokerx-demo-key");
        assertThat(response.headers().firstValue("RateLimit-Limit")).contains("100");
        assertThat(response.headers().firstValue("RateLimit-Remaining")).isPresent();
        assertThat(response.headers().firstValue("RateLimit-Reset")).isPresent();
    }

    /** Services take a path with a slash at its end, or with a parameter behind `;`, for the same path. */
    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/instruments/AAPL/halt",
        "POST, /api/v1/instruments/AAPL/halt/",
        "POST, /api/v1/instruments/AAPL/halt;x=1",
        "POST, /api/v1/instruments/AAPL/halt;x=1/",
        "POST, /api/v1/instruments/AAPL;x=1/halt",
        "POST, /api/v1/instruments;x=1/AAPL/cancel_only",
        "POST, /api/v1/instruments/AAPL//resume",
        "POST, /api/v1//instruments/AAPL/resume",
        "POST, /api/v1/instruments/AAPL/%68alt",
        "PATCH, /api/v1/instruments/AAPL",
        "GET, /api/v1/portfolio/",
        "GET, /api/v1//portfolio",
        "GET, /api/v1/%70ortfolio",
        "POST, /api/v1/deposits/",
        "POST, /api/v1/orders/",
    })
    void noSpellingOfAPathGetsRoundTheKey(String method, String path) {
        for (TestGateway door : List.of(gateway, fallback)) {
            assertThat(door.send(method, path, BodyPublishers.noBody()).statusCode())
                    .isEqualTo(401);
            assertThat(door.send(method, path, BodyPublishers.noBody(), KEY).statusCode())
                    .isIn(200, 429);
        }
    }

    /** As Kong sees them: the local gateway takes parameters out of a path before it looks for its route. */
    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/instruments/AAPL/halt;x=1, halts",
        "POST, /api/v1/instruments/AAPL;x=1/halt/, halts",
        "POST, /api/v1/instruments;x=1/AAPL/halt, halts",
        "GET, /api/v1/instruments/AAPL;x=1, instruments",
        "GET, /api/v1/portfolio/, default-portfolio",
        "GET, /api/v1/portfolio;x=1,",
        "POST, /api/v1/orders;x=1,",
        "POST, /api/v1;x=1/orders,",
        "POST, /api;x=1/v1/instruments/AAPL/halt,",
    })
    void aParameterInAPathLeadsToNoRouteThatIsOpen(String method, String path, String name) throws IOException {
        for (String file : List.of("kong.yml", "kong.monolith.yml")) {
            Router<String> router = new Router<>();
            KongFileReader.read(Files.readString(Path.of("../../kong", file)), file).services().stream()
                    .flatMap(service -> service.routes().stream())
                    .forEach(route -> router.add(route, route.name()));

            assertThat(router.find(method, path)).isEqualTo(Optional.ofNullable(name));
        }
    }

    @Test
    void noServiceSeesAKeyThatWasNotAskedFor() {
        assertThat(gateway.get("/api/v1/me", KEY).body())
                .contains("backend clients")
                .doesNotContain("brokerx-demo-key");
    }

    /** Every operation that a service documents, and who has to answer it. */
    static Stream<Arguments> documentedOperations() throws IOException {
        Stream.Builder<Arguments> operations = Stream.builder();
        for (String service : List.of("clients", "portfolios", "orders")) {
            JsonNode paths = new YAMLMapper()
                    .readTree(Path.of("../../brokerx-" + service, "src/main/resources/openapi", service + ".yaml")
                            .toFile())
                    .path("paths");
            paths.properties().forEach(path -> path.getValue()
                    .fieldNames()
                    .forEachRemaining(method ->
                            operations.add(Arguments.of(method.toUpperCase(Locale.ROOT), path.getKey(), service))));
        }
        return operations.build().filter(operation -> !operation.get()[1].equals("/health"));
    }

    @ParameterizedTest
    @MethodSource("documentedOperations")
    void leadsToEveryDocumentedOperationAndToNothingInternal(String method, String template, String service) {
        String path = template.replaceAll("\\{[^}]*}", "42");
        HttpResponse<String> response = gateway.send(method, path, BodyPublishers.noBody(), KEY);

        if (path.startsWith("/internal/")) {
            assertThat(response.statusCode()).isEqualTo(404);
        } else {
            // 429 where this minute's allowance is used up: routed as well.
            assertThat(response.statusCode()).isIn(200, 429);
            assertThat(response.body()).containsAnyOf("backend " + service, "rate limit exceeded");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/balance/42",
                "/internal/webhooks/orders",
                "/metrics",
                "/healthcheck",
                "/tasks/gc",
                "/ping",
                "/api/v1/orders/../../../internal/reserve",
                "/api/v1/market_data/%2e%2e/%2e%2e/%2e%2e/internal/reserve",
                "//internal/reserve",
                "/"
            })
    void isNotPublic(String path) {
        HttpResponse<String> response = gateway.get(path, KEY);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"message\":\"no Route matched with those values\"");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    /** Where it answers 404 with a problem; no other service may see it, since nobody asked for a key. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/ordersfoo", "/api/v1/clientsfoo", "/api/v1/portfoliox", "/api/v2", "/api/"})
    void goesToClientsWhereNoPathIsKnown(String path) {
        assertThat(gateway.get(path).body()).contains("backend clients");
    }

    /** The service knows which methods it has, and says 405. */
    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/me, clients",
        "DELETE, /api/v1/auth/login, clients",
        "POST, /docs, clients",
        "POST, /docs/orders.yaml, orders",
        "PATCH, /api/v1/portfolio, portfolios",
        "DELETE, /api/v1/deposits/42, portfolios",
        "PUT, /api/v1/orders/42, orders",
        "POST, /api/v1/trades, orders",
        "DELETE, /api/v1/market_data, orders",
        "GET, /api/v1/instruments/AAPL/halt, orders",
    })
    void sendsMethodsOnThatAPathDoesNotHave(String method, String path, String service) {
        assertThat(gateway.send(method, path, BodyPublishers.noBody(), KEY).body())
                .contains("backend " + service);
    }

    @Test
    void theDoorTellsItsOwnHealth() {
        HttpResponse<String> response = gateway.get("/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"status\":\"ok\"", "\"service\"", "\"version\"", "\"timestamp\"");
    }

    @Test
    void servicesSeeThePublicHost() {
        String seen = gateway.get("/api/v1/market_data", "X-Forwarded-Host", "evil.example")
                .body();

        assertThat(seen).contains("Host: 127.0.0.1:" + gateway.gateway().port()).doesNotContain("evil.example");
    }

    @Test
    void aCallersClaimsAboutHimselfDoNotPass() {
        String seen = gateway.get(
                        "/api/v1/me", "X-Internal-Token", "dev-internal-token", "X-Consumer-Username", "admin")
                .body();

        assertThat(seen).doesNotContain("dev-internal-token", "admin");
    }

    @Test
    void aPageOfThePlannedFrontEndMayCall() {
        HttpResponse<String> response = gateway.get("/api/v1/orders", "Origin", "http://localhost:3000");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:3000");
    }

    @Test
    void itsPreflightNeedsNoKey() {
        HttpResponse<String> response = gateway.send(
                "OPTIONS",
                "/api/v1/orders",
                BodyPublishers.noBody(),
                "Origin",
                "http://localhost:3000",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "apikey,authorization,content-type");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:3000");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("apikey", "Authorization", "Content-Type", "Idempotency-Key");
    }

    @Test
    void aBodyOf64KibibytesPassesAndALargerOneDoesNot() {
        byte[] body = new byte[64 * 1024 + 1];

        assertThat(gateway.send("POST", "/api/v1/clients", BodyPublishers.ofByteArray(body, 0, 64 * 1024))
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.send("POST", "/api/v1/clients", BodyPublishers.ofByteArray(body))
                        .statusCode())
                .isEqualTo(413);
    }
}
