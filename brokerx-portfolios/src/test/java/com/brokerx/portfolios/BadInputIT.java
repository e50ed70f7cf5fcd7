package com.brokerx.portfolios;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.testing.TestIdentity;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get wrong, and what comes of it: the documented problem, and nothing else. */
@ExtendWith(SharedPortfolios.class)
class BadInputIT {

    private final RunningPortfolios service;
    private final RunningPortfolios.Client client;

    BadInputIT(RunningPortfolios service) {
        this.service = service;
        this.client = service.client();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"amount":        | 400 | malformed_json
                    ''                | 400 | malformed_json
                    {"amount": 1} x   | 400 | malformed_json
                    []                | 422 | validation_failed
                    7                 | 422 | validation_failed
                    {"amount": 1, "amount": 2} | 400 | malformed_json
                    """)
    void answersBodiesThatAreNone(String body, int status, String code) {
        Answer answer = client.post("/api/v1/deposits", body);
        assertProblem(answer, status, code);
    }

    @Test
    void refusesBodiesThatAreTooLargeOrOfAnotherType() {
        assertProblem(
                client.post("/api/v1/deposits", "{\"amount\": 1, \"currency\": \"" + "x".repeat(70_000) + "\"}"),
                413,
                "payload_too_large");
        Answer form = service.send(authorized("/api/v1/deposits", client.token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("amount=1")));
        assertProblem(form, 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/portfolio", "/api/v1/portfolios", "/api/v1/deposits", "/api/v1/withdrawals"})
    void wantsATokenThatIsOurs(String path) {
        try (TestIdentity stranger = new TestIdentity()) {
            Caller late = new Caller(client.id(), Ids.next(), Set.of());
            String expired =
                    service.identity().token(late, Instant.now().minus(Duration.ofHours(1)), Duration.ofMinutes(15));
            for (String token : new String[] {"", "nonsense", "a.b.c", stranger.token(client.id()), expired}) {
                Answer answer = service.send(authorized(path, token).GET());
                assertProblem(answer, 401, "unauthorized");
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            }
        }
        assertProblem(
                service.send(HttpRequest.newBuilder(service.url().resolve(path)).GET()), 401, "unauthorized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/balance/00000000-0000-7000-8000-000000000000",
                "/internal/reconciliation/portfolios/totals",
                "/internal;a=b/balance/00000000-0000-7000-8000-000000000000"
            })
    void keepsInternalPathsToTheHouse(String path) {
        Answer withBearer = service.send(authorized(path, client.token()).GET());
        assertProblem(withBearer, 401, "unauthorized");
        Answer wrongToken = service.send(HttpRequest.newBuilder(service.url().resolve(path))
                .header("X-Internal-Token", "guess")
                .GET());
        assertProblem(wrongToken, 401, "unauthorized");
    }

    @Test
    void answersUnknownPathsAndMethodsWithProblems() {
        assertProblem(client.get("/api/v1/nothing"), 404, "not_found");
        assertProblem(client.get("/api/v1/portfolios/not-an-id"), 404, "not_found");
        Answer delete =
                service.send(authorized("/api/v1/portfolio", client.token()).DELETE());
        assertProblem(delete, 405, "method_not_allowed");
    }

    @Test
    void saysWhichRequestItWasAndWhoAnswered() {
        Answer answer = service.send(authorized("/api/v1/portfolio", client.token())
                .header("X-Request-Id", "my-request")
                .GET());
        assertThat(answer.header("X-Request-Id")).isEqualTo("my-request");
        assertThat(answer.header("X-Instance-Id")).isEqualTo("portfolios-test");
        assertThat(answer.json().path("request_id").asText()).isEqualTo("my-request");
    }

    @Test
    void refusesUnusableIdempotencyKeys() {
        Answer answer = client.post("/api/v1/deposits", "{\"amount\": 5}", "Idempotency-Key", "x".repeat(256));
        assertProblem(answer, 422, "invalid_idempotency_key");
    }

    private HttpRequest.Builder authorized(String path, String token) {
        return HttpRequest.newBuilder(service.url().resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        for (String field : new String[] {"type", "title", "detail", "request_id"}) {
            assertThat(answer.json().path(field).asText()).as(field).isNotEmpty();
        }
        assertThat(answer.response().body()).doesNotContain("Exception").doesNotContain("SELECT");
    }
}
