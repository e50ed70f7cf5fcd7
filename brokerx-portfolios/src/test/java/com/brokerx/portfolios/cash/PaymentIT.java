package com.brokerx.portfolios.cash;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.portfolios.SharedPortfolios;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedPortfolios.class)
class PaymentIT {

    private final RunningPortfolios service;
    private final RunningPortfolios.Client client;

    PaymentIT(RunningPortfolios service) {
        this.service = service;
        this.client = service.client();
    }

    @Test
    void opensTheDefaultPortfolioWithTheFirstDeposit() {
        Answer deposit = client.post("/api/v1/deposits", "{\"amount\": \"1000.00\", \"currency\": \"USD\"}");

        assertThat(deposit.status()).isEqualTo(201);
        JsonNode data = deposit.json().path("data");
        assertThat(data.path("amount").asText()).isEqualTo("1000.00");
        assertThat(data.path("currency").asText()).isEqualTo("USD");
        assertThat(data.path("status").asText()).isEqualTo("completed");
        assertThat(data.path("portfolio_id").asText()).isEqualTo(client.defaultPortfolioId());
        assertThat(data.path("processed_at").asText()).endsWith("Z");
        assertThat(data.path("idempotency_key").isNull()).isTrue();
        assertThat(deposit.json().path("message").asText()).isNotEmpty();
        assertThat(deposit.json().path("idempotent").asBoolean()).isFalse();
        assertThat(deposit.header("Location"))
                .isEqualTo("/api/v1/deposits/" + data.path("id").asText());
        assertThat(client.balances()).containsExactly("1000.00", "0.00", "1000.00");
    }

    @Test
    void paysOutWhatIsAvailable() {
        deposit("100.00");

        Answer withdrawal = client.post("/api/v1/withdrawals", "{\"amount\": 40.5}");

        assertThat(withdrawal.status()).isEqualTo(201);
        assertThat(withdrawal.json().at("/data/status").asText()).isEqualTo("completed");
        assertThat(client.balances()).containsExactly("59.50", "0.00", "59.50");
        assertThat(client.get("/api/v1/withdrawals/"
                                + withdrawal.json().at("/data/id").asText())
                        .json()
                        .path("data"))
                .isEqualTo(withdrawal.json().path("data"));
    }

    @Test
    void paysOutNothingThatOrdersHold() {
        deposit("100.00");
        service.internal(
                "/internal/reserve",
                "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": 60}"
                        .formatted(client.id(), UUID.randomUUID()));

        Answer refused = client.post("/api/v1/withdrawals", "{\"amount\": \"40.01\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("insufficient_funds");
        assertThat(refused.json().path("available").asText()).isEqualTo("40.00");
        assertThat(client.balances()).containsExactly("40.00", "60.00", "100.00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                          | invalid_amount
                    {"amount": null}                            | invalid_amount
                    {"amount": 0}                               | invalid_amount
                    {"amount": "-5.00"}                         | invalid_amount
                    {"amount": "1.001"}                         | invalid_amount
                    {"amount": 1e25}                            | invalid_amount
                    {"amount": "0.99"}                          | limit_exceeded
                    {"amount": "100000.01"}                     | limit_exceeded
                    {"amount": 10, "currency": "EUR"}           | currency_mismatch
                    {"amount": 10, "currency": "XXX"}           | currency_mismatch
                    {"amount": "NaN"}                           | validation_failed
                    null                                        | validation_failed
                    {"amount": "1e99999999"}                    | validation_failed
                    {"amount": true}                            | validation_failed
                    {"amount": [1]}                             | validation_failed
                    {"amount": 10, "curency": "USD"}            | unknown_field
                    {"amount": 10, "portfolio_id": "nonsense"}  | validation_failed
                    """)
    void refusesWhatIsNoDeposit(String body, String code) {
        Answer refused = client.post("/api/v1/deposits", body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(client.get("/api/v1/portfolio").status())
                .as("a refused deposit opens nothing")
                .isEqualTo(404);
    }

    @Test
    void acceptsBothEndsOfTheLimits() {
        assertThat(client.post("/api/v1/deposits", "{\"amount\": \"1.00\"}").status())
                .isEqualTo(201);
        assertThat(client.post("/api/v1/deposits", "{\"amount\": \"100000.00\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void givesTheFirstAnswerAgainForTheSameKey() {
        Answer first = client.post("/api/v1/deposits", "{\"amount\": \"10.00\"}", "Idempotency-Key", "a");
        Answer again = client.post("/api/v1/deposits", "{ \"amount\": \"10.00\" }", "Idempotency-Key", "a");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().path("data")).isEqualTo(first.json().path("data"));
        assertThat(again.json().path("idempotent").asBoolean()).isTrue();
        assertThat(first.json().at("/data/idempotency_key").asText()).isEqualTo("a");
        assertThat(client.balances()).contains("10.00");

        Answer other = client.post("/api/v1/deposits", "{\"amount\": \"11.00\"}", "Idempotency-Key", "a");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("idempotency_key_conflict");
    }

    @Test
    void repeatsARefusalToo() {
        deposit("10.00");
        Answer first = client.post("/api/v1/withdrawals", "{\"amount\": \"20.00\"}", "Idempotency-Key", "w");
        deposit("100.00");

        Answer again = client.post("/api/v1/withdrawals", "{\"amount\": \"20.00\"}", "Idempotency-Key", "w");

        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.code()).isEqualTo("insufficient_funds");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(client.balances()).contains("110.00");
    }

    @Test
    void keepsTheKeysOfClientsAndOperationsApart() {
        RunningPortfolios.Client other = service.client();
        deposit("50.00");
        for (RunningPortfolios.Client each : List.of(client, other)) {
            assertThat(each.post("/api/v1/deposits", "{\"amount\": \"10.00\"}", "Idempotency-Key", "same")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(client.post("/api/v1/withdrawals", "{\"amount\": \"10.00\"}", "Idempotency-Key", "same")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void listsOwnPaymentsNewestFirstInPages() {
        for (String amount : List.of("1.00", "2.00", "3.00")) {
            deposit(amount);
        }
        service.client().post("/api/v1/deposits", "{\"amount\": \"99.00\"}");

        JsonNode first = client.get("/api/v1/deposits?limit=2").json();
        assertThat(amounts(first)).containsExactly("3.00", "2.00");
        deposit("4.00");
        JsonNode second = client.get("/api/v1/deposits?limit=2&cursor="
                        + first.at("/meta/next_cursor").asText())
                .json();
        assertThat(amounts(second)).containsExactly("1.00");
        assertThat(second.at("/meta/next_cursor").isNull()).isTrue();
        assertThat(client.get("/api/v1/deposits?limit=0").status()).isEqualTo(422);
        assertThat(client.get("/api/v1/deposits?cursor=nonsense").status()).isEqualTo(422);
    }

    @Test
    void hidesThePaymentsAndPortfoliosOfOthers() {
        Answer deposit = deposit("10.00");
        RunningPortfolios.Client stranger = service.client();
        String id = deposit.json().at("/data/id").asText();
        String portfolio = deposit.json().at("/data/portfolio_id").asText();

        assertThat(stranger.get("/api/v1/deposits/" + id).status()).isEqualTo(404);
        assertThat(client.get("/api/v1/withdrawals/" + id).status()).isEqualTo(404);
        Answer into =
                stranger.post("/api/v1/deposits", "{\"amount\": 10, \"portfolio_id\": \"%s\"}".formatted(portfolio));
        assertThat(into.status()).isEqualTo(404);
        assertThat(into.code()).isEqualTo("portfolio_not_found");
        assertThat(stranger.post("/api/v1/withdrawals", "{\"amount\": 10}").code())
                .isEqualTo("portfolio_not_found");
        assertThat(client.balances()).contains("10.00");
    }

    private Answer deposit(String amount) {
        Answer deposit = client.post("/api/v1/deposits", "{\"amount\": \"%s\"}".formatted(amount));
        assertThat(deposit.status()).isEqualTo(201);
        return deposit;
    }

    private static List<String> amounts(JsonNode page) {
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(row -> row.path("amount").asText())
                .toList();
    }
}
