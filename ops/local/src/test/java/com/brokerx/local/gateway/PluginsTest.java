package com.brokerx.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each plugin over real HTTP, in front of a real server. What is expected is what Kong 3.9 does. */
class PluginsTest {

    private static final String KEY_AUTH = """
            plugins:
              - name: key-auth
                config: {key_names: [apikey], key_in_query: false, hide_credentials: true, run_on_preflight: false}
            """;
    private static final String CORS = """
              - name: cors
                config:
                  origins: [http://localhost:3000, http://localhost:8080]
                  methods: [GET, POST]
                  headers: [apikey, Authorization]
                  exposed_headers: [X-Request-Id, Retry-After]
                  credentials: true
                  max_age: 60
            """;

    private final Backend backend = Backend.named("one");

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void keyAuthRefusesACallWithoutKeyInKongsWords() {
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH)) {
            HttpResponse<String> response = gateway.get("/a");

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Key");
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
            assertThat(response.body()).contains("\"message\":\"No API key found in request\"");
            assertThat(backend.requests).hasValue(0);
        }
    }

    @Test
    void keyAuthRefusesAWrongKeyAndAKeyInTheQuery() {
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH)) {
            assertThat(gateway.get("/a", "apikey", "guess").body()).contains("\"message\":\"Unauthorized\"");
            assertThat(gateway.get("/a?apikey=key-of-ann").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void keyAuthHidesTheKeyFromTheService() {
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH)) {
            HttpResponse<String> response = gateway.get("/a", "apikey", "key-of-ann");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).doesNotContainIgnoringCase("apikey").doesNotContain("key-of-ann");
        }
    }

    @Test
    void rateLimitingCountsEachConsumerByItselfUntilTheMinuteEnds() {
        String limit = """
                  - name: rate-limiting
                    config: {minute: 2, policy: local, limit_by: consumer}
                """;
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH + limit)) {
            HttpResponse<String> first = gateway.get("/a", "apikey", "key-of-ann");
            gateway.get("/b", "apikey", "key-of-ann");
            HttpResponse<String> third = gateway.get("/c", "apikey", "key-of-ann");

            assertThat(first.headers().firstValue("RateLimit-Limit")).contains("2");
            assertThat(first.headers().firstValue("RateLimit-Remaining")).contains("1");
            assertThat(first.headers().firstValue("RateLimit-Reset")).contains("45");
            assertThat(first.headers().firstValue("X-RateLimit-Limit-Minute")).contains("2");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).contains("45");
            assertThat(third.headers().firstValue("X-RateLimit-Remaining-Minute"))
                    .contains("0");
            assertThat(third.body()).contains("\"message\":\"API rate limit exceeded\"");
            assertThat(gateway.get("/a", "apikey", "key-of-bob").statusCode()).isEqualTo(200);

            gateway.now = gateway.now.plusSeconds(45);
            assertThat(gateway.get("/a", "apikey", "key-of-ann").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void rateLimitingCountsTheAddressWhereNoKeyIsWanted() {
        String limit = """
                plugins:
                  - name: rate-limiting
                    config: {minute: 1, policy: local, limit_by: ip}
                """;
        try (TestGateway gateway = TestGateway.with(backend, limit)) {
            assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/a").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void corsAnswersAPreflightWithoutKey() {
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH + CORS)) {
            HttpResponse<String> response = gateway.send(
                    "OPTIONS",
                    "/a",
                    BodyPublishers.noBody(),
                    "Origin",
                    "http://localhost:3000",
                    "Access-Control-Request-Method",
                    "POST");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("http://localhost:3000");
            assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                    .contains("GET,POST");
            assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                    .contains("apikey,Authorization");
            assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                    .contains("true");
            assertThat(response.headers().firstValue("Access-Control-Max-Age")).contains("60");
            assertThat(backend.requests).hasValue(0);
        }
    }

    @Test
    void corsMarksRefusalsTooSoThatPagesCanReadThem() {
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH + CORS)) {
            HttpResponse<String> response = gateway.get("/a", "Origin", "http://localhost:3000");

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("http://localhost:3000");
            assertThat(response.headers().firstValue("Access-Control-Expose-Headers"))
                    .contains("X-Request-Id,Retry-After");
        }
    }

    @Test
    void corsGivesAStrangersPageNothing() {
        try (TestGateway gateway = TestGateway.with(backend, "plugins:\n" + CORS)) {
            HttpResponse<String> response = gateway.get("/a", "Origin", "http://evil.example");

            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(response.headers().allValues("Vary")).contains("Origin");
        }
    }

    @Test
    void correlationIdKeepsTheCallersAndMakesOneOtherwise() {
        String plugin = """
                plugins:
                  - name: correlation-id
                    config: {header_name: X-Correlation-Id, generator: uuid, echo_downstream: true}
                """;
        try (TestGateway gateway = TestGateway.with(backend, plugin)) {
            HttpResponse<String> own = gateway.get("/a", "X-Correlation-Id", "mine-1");
            HttpResponse<String> made = gateway.get("/a");

            assertThat(own.body()).containsIgnoringCase("X-Correlation-Id: mine-1");
            assertThat(own.headers().firstValue("X-Correlation-Id")).contains("mine-1");
            String id = made.headers().firstValue("X-Correlation-Id").orElseThrow();
            assertThat(id).matches("[0-9a-f-]{36}");
            assertThat(made.body()).contains(id);
        }
    }

    @Test
    void requestSizeLimitingRefusesOneByteTooMany() {
        String plugin = """
                plugins:
                  - name: request-size-limiting
                    config: {allowed_payload_size: 64, size_unit: kilobytes}
                """;
        int limit = 64 * 1024;
        try (TestGateway gateway = TestGateway.with(backend, plugin)) {
            assertThat(gateway.send("POST", "/a", BodyPublishers.ofByteArray(new byte[limit]))
                            .body())
                    .contains("body " + limit);
            HttpResponse<String> refused = gateway.send("POST", "/a", BodyPublishers.ofByteArray(new byte[limit + 1]));
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("\"message\":\"Request size limit exceeded\"");
            assertThat(backend.requests).hasValue(1);
        }
    }

    @Test
    void requestSizeLimitingReadsABodyThatDoesNotSayItsLength() {
        String plugin = """
                plugins:
                  - name: request-size-limiting
                    config: {allowed_payload_size: 64, size_unit: kilobytes}
                """;
        int limit = 64 * 1024;
        try (TestGateway gateway = TestGateway.with(backend, plugin)) {
            assertThat(gateway.send("POST", "/a", chunked(limit)).body()).contains("body " + limit);
            assertThat(gateway.send("POST", "/a", chunked(limit + 1)).statusCode())
                    .isEqualTo(413);
            assertThat(backend.requests).hasValue(1);
        }
    }

    private static java.net.http.HttpRequest.BodyPublisher chunked(int bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
    }

    @Test
    void requestTransformerTakesAwayWhatCallersClaimToBe() {
        String plugin = """
                plugins:
                  - name: request-transformer
                    config: {remove: {headers: [X-Consumer-Username, X-Internal-Token]}}
                """;
        try (TestGateway gateway = TestGateway.with(backend, plugin)) {
            String seen = gateway.get(
                            "/a", "X-Consumer-Username", "admin", "x-internal-token", "guess", "X-Other", "yes")
                    .body();

            assertThat(seen).doesNotContain("admin", "guess").contains("X-Other: yes");
        }
    }

    @Test
    void responseTransformerAddsHeadersToEveryAnswerAlsoItsOwn() {
        String plugin = """
                  - name: response-transformer
                    config: {add: {headers: ["X-Frame-Options:DENY"]}}
                """;
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH + plugin)) {
            assertThat(gateway.get("/a").headers().firstValue("X-Frame-Options"))
                    .contains("DENY");
            assertThat(gateway.get("/a", "apikey", "key-of-ann").headers().firstValue("X-Frame-Options"))
                    .contains("DENY");
        }
    }

    @Test
    void requestTerminationAnswersByItself() {
        String plugin = """
                routes:
                  - name: health
                    paths: [/health]
                    methods: [GET]
                    strip_path: false
                    plugins:
                      - name: request-termination
                        config: {status_code: 200, content_type: application/json, body: '{"status":"ok"}'}
                """;
        try (TestGateway gateway = TestGateway.with(backend, plugin)) {
            HttpResponse<String> response = gateway.get("/health");

            assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(backend.requests).hasValue(0);
        }
    }

    @Test
    void prometheusCountsByServiceRouteAndStatus() {
        String plugin = """
                  - name: prometheus
                    config: {status_code_metrics: true, latency_metrics: true, bandwidth_metrics: true}
                """;
        try (TestGateway gateway = TestGateway.with(backend, KEY_AUTH + plugin)) {
            gateway.get("/a", "apikey", "key-of-ann");
            gateway.get("/a");

            TestGateway.await("both requests counted", () -> metrics(gateway)
                    .contains("route=\"all\",code=\"401\",source=\"kong\",workspace=\"default\",consumer=\"\",} 1.0"));
            assertThat(metrics(gateway))
                    .contains(
                            "kong_http_requests_total{service=\"service\",route=\"all\",code=\"200\",source=\"service\"")
                    .contains("kong_request_latency_ms_count{service=\"service\",route=\"all\"")
                    .contains("kong_kong_latency_ms_count{service=\"service\",route=\"all\"")
                    .contains("kong_bandwidth_bytes{service=\"service\",route=\"all\",direction=\"egress\"");
        }
    }

    @Test
    void prometheusCountsNothingThatNoRouteMatched() {
        try (TestGateway gateway = new TestGateway("""
                _format_version: "3.0"
                services:
                  - name: service
                    host: localhost
                    port: %d
                    routes:
                      - {name: open, paths: [/open], strip_path: false}
                plugins:
                  - name: prometheus
                    config: {status_code_metrics: true}
                """.formatted(backend.port()))) {
            assertThat(gateway.get("/closed").statusCode()).isEqualTo(404);
            gateway.get("/open");

            TestGateway.await("the open one is counted", () -> metrics(gateway).contains("route=\"open\""));
            assertThat(metrics(gateway)).doesNotContain("code=\"404\"");
        }
    }

    private static String metrics(TestGateway gateway) {
        return gateway.admin("GET", "/metrics", BodyPublishers.noBody()).body();
    }
}
