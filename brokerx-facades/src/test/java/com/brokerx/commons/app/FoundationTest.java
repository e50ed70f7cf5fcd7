package com.brokerx.commons.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.ResourceHelpers;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every service does with HTTP, over real HTTP. */
@ExtendWith(DropwizardExtensionsSupport.class)
class FoundationTest {

    private static final DropwizardAppExtension<EchoApplication.EchoConfiguration> APP = new DropwizardAppExtension<>(
            EchoApplication.class,
            ResourceHelpers.resourceFilePath("echo.yml"),
            ConfigOverride.config("service.instanceId", "echo-7"));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void writesDecimalsAsStringsAndTimesInUtc() throws Exception {
        var answer =
                post("{\"some_name\":\"a\",\"amount\":1.50,\"quantity\":3,\"at\":\"2026-01-31T13:34:56.789+01:00\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"some_name\":\"a\",\"amount\":\"1.50\",\"quantity\":3,\"at\":\"2026-01-31T12:34:56.789000Z\"}");
    }

    @ParameterizedTest(name = "{0} -> {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"some_name\": | 400 | malformed_json |",
                "`` | 400 | malformed_json |",
                "` ` | 400 | malformed_json |",
                "null | 422 | validation_failed |",
                "[] | 422 | validation_failed |",
                "\"text\" | 422 | validation_failed |",
                "{\"some_name\":\"a\",\"some_name\":\"b\"} | 400 | malformed_json |",
                "{\"some_name\":\"a\",\"amount\":1,\"quantity\":1} {} | 400 | malformed_json |",
                "{\"some_name\":\"a\",\"amout\":1,\"quantity\":1} | 422 | unknown_field | amout",
                "{\"some_name\":\"a\",\"quantity\":1} | 422 | validation_failed | amount",
                "{\"some_name\":\" \",\"amount\":1,\"quantity\":1} | 422 | validation_failed | some_name",
                "{\"some_name\":5,\"amount\":1,\"quantity\":1} | 422 | validation_failed | some_name",
                "{\"some_name\":\"a\",\"amount\":\"x\",\"quantity\":1} | 422 | validation_failed | amount",
                "{\"some_name\":\"a\",\"amount\":true,\"quantity\":1} | 422 | validation_failed | amount",
                "{\"some_name\":\"a\",\"amount\":\"NaN\",\"quantity\":1} | 422 | validation_failed | amount",
                "{\"some_name\":\"a\",\"amount\":1e400,\"quantity\":1} | 422 | validation_failed | amount",
                "{\"some_name\":\"a\",\"amount\":\"1e99\",\"quantity\":1} | 422 | validation_failed | amount",
                "{\"some_name\":\"a\",\"amount\":1,\"quantity\":1.5} | 422 | validation_failed | quantity",
                "{\"some_name\":\"a\",\"amount\":1,\"quantity\":\"1\"} | 422 | validation_failed | quantity",
                "{\"some_name\":\"a\",\"amount\":1,\"quantity\":99999999999999999999} | 422 | validation_failed | quantity",
                "{\"some_name\":\"a\",\"amount\":1,\"quantity\":null} | 422 | validation_failed | quantity",
                "{\"some_name\":\"a\",\"amount\":1,\"quantity\":1,\"at\":\"today\"} | 422 | validation_failed | at",
            })
    void refusesBadBodiesWithTheirProblem(String body, int status, String code, String field) throws Exception {
        var answer = post(body == null ? "" : body);

        assertProblem(answer, status, code);
        if (field != null) {
            assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(field);
        }
        assertThat(answer.body()).doesNotContain("com.brokerx", "java.", "Exception");
    }

    @Test
    void refusesBodiesThatAreTooLargeWhetherAnnouncedOrNot() throws Exception {
        String large = "{\"some_name\":\"" + "x".repeat(70_000) + "\"}";

        assertProblem(post(large), 413, "payload_too_large");
        var chunked = HttpRequest.newBuilder(uri("/echo"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();
        assertProblem(send(chunked), 413, "payload_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, not_found",
        "GET, /echo/not-a-uuid, 404, not_found",
        "DELETE, /echo, 405, method_not_allowed",
        "GET, /echo/fault, 500, internal_error",
        "GET, /echo/down, 503, service_unavailable",
        "GET, /echo/list?limit=0, 422, validation_failed",
        "GET, /echo/list?limit=x, 422, validation_failed",
        "GET, /echo/list?cursor=%21, 422, validation_failed",
        "GET, /internal/echo, 401, unauthorized",
        "GET, /internal;a=b/echo, 401, unauthorized",
        "GET, /internal;/echo;x, 401, unauthorized",
        "GET, /echo/me, 401, unauthorized",
    })
    void answersEveryRefusalAsProblem(String method, String path, int status, String code) throws Exception {
        var answer = send(HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());

        assertProblem(answer, status, code);
        assertThat(answer.body()).doesNotContain("SELECT", "IllegalState");
    }

    /** Half of a UTF-32 text and a Latin-1 letter: neither is UTF-8, and each fails elsewhere in the parser. */
    @Test
    void refusesBodiesThatAreNotText() throws Exception {
        byte[][] bodies = {{0, 0, 0, '{', -1, -1, -1, -1}, {'{', '"', (byte) 0xe9, '"', ':', '1', '}'}};
        for (byte[] body : bodies) {
            assertProblem(
                    send(HttpRequest.newBuilder(uri("/echo"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build()),
                    400,
                    "malformed_json");
        }
    }

    @Test
    void refusesBodiesThatAreNotCompressedAsTheySay() throws Exception {
        assertProblem(
                send(HttpRequest.newBuilder(uri("/echo"))
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build()),
                400,
                "bad_request");
    }

    @Test
    void refusesOtherMediaTypes() throws Exception {
        var answer = send(HttpRequest.newBuilder(uri("/echo"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build());

        assertProblem(answer, 415, "unsupported_media_type");
    }

    @Test
    void tellsWhenToComeBackAndWhatIsMissing() throws Exception {
        assertThat(get("/echo/down").headers().firstValue("Retry-After")).contains("2");
        assertThat(get("/echo/me").headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"brokerx\"");
        assertThat(send(HttpRequest.newBuilder(uri("/echo")).DELETE().build())
                        .headers()
                        .firstValue("Allow"))
                .isPresent();
    }

    @Test
    void answersAsProblemEvenToWhatIsHardlyHttp() throws Exception {
        assertThat(raw("GET /ec ho HTTP/1.1\r\nHost: x\r\n\r\n")).contains("400", "application/problem+json");
        assertThat(raw("GET /echo HTTP/1.1\r\nHost: x\r\nX-Long: " + "y".repeat(20_000) + "\r\n\r\n"))
                .contains("431", "application/problem+json");
    }

    @Test
    void keepsAnAcceptableRequestIdAndReplacesOthers() throws Exception {
        assertThat(withHeader("X-Request-Id", "abc-1")).isEqualTo("abc-1");
        assertThat(withHeader("X-Correlation-Id", "corr:2")).isEqualTo("corr:2");
        assertThat(withHeader("X-Request-Id", "bad id")).isNotEqualTo("bad id").hasSize(36);
        assertThat(get("/health").headers().firstValue("X-Instance-Id")).contains("echo-7");
    }

    @Test
    void logsSayWhoseRequestItIsAndWhichTraceItBelongsTo() throws Exception {
        Caller caller = new Caller(UUID.randomUUID(), UUID.randomUUID(), Set.of());
        String token = EchoApplication.IDENTITY.token(caller, Instant.now(), Duration.ofMinutes(15));
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

        JsonNode context = json(send(HttpRequest.newBuilder(uri("/echo/log_context"))
                .header("Authorization", "Bearer " + token)
                .header("X-Request-Id", "abc-1")
                .header("traceparent", traceparent)
                .build()));

        assertThat(context.path("request_id").asText()).isEqualTo("abc-1");
        assertThat(context.path("client_id").asText())
                .isEqualTo(caller.clientId().toString());
        assertThat(context.path("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(context.path("traceparent").asText()).isEqualTo(traceparent);
    }

    @Test
    void pagesThroughAList() throws Exception {
        JsonNode first = json(get("/echo/list?limit=60"));
        JsonNode second = json(get(
                "/echo/list?limit=60&cursor=" + first.at("/meta/next_cursor").asText()));

        assertThat(first.at("/meta/count").asInt()).isEqualTo(60);
        assertThat(first.at("/data/0").asInt()).isEqualTo(100);
        assertThat(second.at("/data/0").asInt()).isEqualTo(40);
        assertThat(second.at("/meta/count").asInt()).isEqualTo(40);
        assertThat(second.at("/meta/next_cursor").isNull()).isTrue();
    }

    @Test
    void letsInTokensOfOursOnly() throws Exception {
        UUID client = UUID.randomUUID();
        Caller caller = new Caller(client, UUID.randomUUID(), Set.of());
        String live = EchoApplication.IDENTITY.token(caller, Instant.now(), Duration.ofMinutes(15));

        assertThat(me(live).body()).contains(client.toString());
        assertThat(me(live.substring(0, live.length() - 6) + "AAAAAA").statusCode())
                .isEqualTo(401);
        assertThat(me(EchoApplication.IDENTITY.token(caller, Instant.now().minusSeconds(1000), Duration.ofMinutes(15)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(me("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.").statusCode()).isEqualTo(401);
        assertProblem(get("/echo/me?access_token=" + live), 401, "unauthorized");

        EchoApplication.IDENTITY.revoke(caller.sessionId());
        assertThat(me(live).statusCode()).isEqualTo(401);
    }

    @Test
    void servesPrometheusMetricsByRouteTemplate() throws Exception {
        get("/echo/" + UUID.randomUUID());

        String metrics = send(HttpRequest.newBuilder(URI.create("http://localhost:" + APP.getAdminPort() + "/metrics"))
                        .build())
                .body();
        assertThat(metrics)
                .contains(
                        "http_server_request_duration_seconds_count{method=\"GET\",route=\"/echo/{id}\",status=\"200\",}")
                .contains("jvm_memory_bytes_used");
    }

    @Test
    void servesTheDocuments() throws Exception {
        assertThat(get("/docs").body()).contains("SwaggerUIBundle");
        assertThat(get("/docs/ui/swagger-ui.css").statusCode()).isEqualTo(200);
        assertProblem(get("/docs/orders.yaml"), 404, "not_found");
        assertProblem(get("/docs/ui/..%2f..%2fpom.xml"), 400, "bad_request");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("type").asText()).endsWith(code);
        assertThat(problem.path("request_id").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElse("none"));
    }

    private static String withHeader(String name, String value) throws Exception {
        return send(HttpRequest.newBuilder(uri("/health")).header(name, value).build())
                .headers()
                .firstValue("X-Request-Id")
                .orElse("none");
    }

    private static HttpResponse<String> me(String token) throws Exception {
        return send(HttpRequest.newBuilder(uri("/echo/me"))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return send(HttpRequest.newBuilder(uri("/echo"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", APP.getLocalPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + APP.getLocalPort() + path);
    }
}
