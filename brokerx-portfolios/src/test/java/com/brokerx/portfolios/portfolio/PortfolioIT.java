package com.brokerx.portfolios.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.events.ClientClosed;
import com.brokerx.facades.events.ClientEmailVerified;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.portfolios.SharedPortfolios;
import com.brokerx.testing.AtOnce;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedPortfolios.class)
class PortfolioIT {

    private final RunningPortfolios service;
    private final RunningPortfolios.Client client;

    PortfolioIT(RunningPortfolios service) {
        this.service = service;
        this.client = service.client();
    }

    @Test
    void opensTheDefaultPortfolioWhenTheAddressIsVerified() {
        assertThat(client.get("/api/v1/portfolio").code()).isEqualTo("portfolio_not_found");

        service.deliver(new ClientEmailVerified(client.id()));
        service.deliver(new ClientEmailVerified(client.id()));

        JsonNode portfolio = client.get("/api/v1/portfolio").json().path("data");
        assertThat(portfolio.path("client_id").asText()).isEqualTo(client.id().toString());
        assertThat(portfolio.path("currency").asText()).isEqualTo("USD");
        assertThat(portfolio.path("status").asText()).isEqualTo("active");
        assertThat(portfolio.path("cash_balance").asText()).isEqualTo("0.00");
        assertThat(portfolio.path("available_balance").asText()).isEqualTo("0.00");
        assertThat(portfolio.path("reserved_balance").asText()).isEqualTo("0.00");
        assertThat(client.get("/api/v1/portfolios").json().path("data")).containsExactly(portfolio);
        assertThat(client.get("/api/v1/portfolios/" + portfolio.path("id").asText())
                        .json()
                        .path("data"))
                .isEqualTo(portfolio);
    }

    /** The event and the first deposits race for it. */
    @Test
    void opensOneDefaultPortfolioHoweverManyWantIt() {
        List<Answer> answers = AtOnce.times(
                16,
                i -> i % 2 == 0
                        ? client.post("/api/v1/deposits", "{\"amount\": \"5.00\"}")
                        : service.deliver(new ClientEmailVerified(client.id())));

        assertThat(answers).extracting(Answer::status).allMatch(status -> status == 200 || status == 201);
        assertThat(client.get("/api/v1/portfolios").json().at("/meta/count").asInt())
                .isEqualTo(1);
        assertThat(client.balances()).contains("40.00");
    }

    @Test
    void opensFurtherPortfoliosAndKeepsTheirMoneyApart() {
        Answer opened = client.post("/api/v1/portfolios", "{\"name\": \" Maple \", \"currency\": \"CAD\"}");
        assertThat(opened.status()).isEqualTo(201);
        JsonNode maple = opened.json().path("data");
        assertThat(maple.path("name").asText()).isEqualTo("Maple");
        assertThat(maple.path("currency").asText()).isEqualTo("CAD");
        assertThat(opened.header("Location"))
                .endsWith("/api/v1/portfolios/" + maple.path("id").asText());

        Answer wrong = client.post(
                "/api/v1/deposits",
                "{\"amount\": 10, \"currency\": \"USD\", \"portfolio_id\": \"%s\"}"
                        .formatted(maple.path("id").asText()));
        assertThat(wrong.code()).isEqualTo("currency_mismatch");
        Answer right = client.post(
                "/api/v1/deposits",
                "{\"amount\": 10, \"portfolio_id\": \"%s\"}"
                        .formatted(maple.path("id").asText()));
        assertThat(right.json().at("/data/currency").asText()).isEqualTo("CAD");

        assertThat(client.balances()).containsExactly("0.00", "0.00", "0.00");
        assertThat(client.get("/api/v1/portfolios/" + maple.path("id").asText() + "/balance")
                        .json()
                        .at("/data/cash_balance")
                        .asText())
                .isEqualTo("10.00");
        Answer fromDollars = service.internal(
                "/internal/reserve",
                "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": 10, \"asset\": \"USD\"}"
                        .formatted(client.id(), Ids.next()));
        assertThat(fromDollars.code()).isEqualTo("insufficient_funds");
        Answer fromCanadianDollars = service.internal(
                "/internal/reserve",
                "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": 10, \"asset\": \"CAD\"}"
                        .formatted(client.id(), Ids.next()));
        assertThat(fromCanadianDollars.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"currency": "CAD"}                  | validation_failed
                    {"name": "  ", "currency": "CAD"}    | validation_failed
                    {"name": 7, "currency": "CAD"}       | validation_failed
                    {"name": "A\\u0000", "currency": "CAD"} | validation_failed
                    {"name": "A\\ud800", "currency": "CAD"} | validation_failed
                    {"name": "A"}                        | invalid_currency
                    {"name": "A", "currency": "XXX"}     | invalid_currency
                    {"name": "A", "currency": "AAPL"}    | invalid_currency
                    {"name": "A", "currency": "cad"}     | invalid_currency
                    """)
    void refusesWhatIsNoPortfolio(String body, String code) {
        Answer refused = client.post("/api/v1/portfolios", body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void limitsTheirNumber() {
        for (int i = 1; i < 20; i++) {
            assertThat(client.post("/api/v1/portfolios", "{\"name\": \"A\", \"currency\": \"EUR\"}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(client.post("/api/v1/portfolios", "{\"name\": \"A\", \"currency\": \"EUR\"}")
                        .code())
                .isEqualTo("limit_exceeded");
    }

    @Test
    void reservesNothingForAClientWhoLeft() {
        service.journal(client.id(), "USD", "100.00");
        service.deliver(new ClientClosed(client.id()));

        assertThat(client.get("/api/v1/portfolio").json().at("/data/status").asText())
                .isEqualTo("closed");
        assertThat(client.post("/api/v1/deposits", "{\"amount\": 10}").code()).isEqualTo("portfolio_closed");
        assertThat(service.internal(
                                "/internal/reserve",
                                "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": 10}"
                                        .formatted(client.id(), Ids.next()))
                        .code())
                .isEqualTo("insufficient_funds");
        assertThat(client.post("/api/v1/withdrawals", "{\"amount\": 100}").status())
                .as("but they may have their money back")
                .isEqualTo(201);
    }

    @Test
    void showsStrangersNothing() {
        service.deliver(new ClientEmailVerified(client.id()));
        String path = "/api/v1/portfolios/" + client.defaultPortfolioId();
        RunningPortfolios.Client stranger = service.client();
        for (String part :
                List.of("", "/balance", "/positions", "/transactions", "/statement?from=2026-01-01T00:00:00Z")) {
            Answer answer = stranger.get(path + part);
            assertThat(answer.status()).as(part).isEqualTo(404);
            assertThat(answer.code()).as(part).isEqualTo("portfolio_not_found");
        }
        assertThat(client.get("/api/v1/portfolios/nonsense").status()).isEqualTo(404);
    }
}
