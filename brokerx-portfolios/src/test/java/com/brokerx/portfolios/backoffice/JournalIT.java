package com.brokerx.portfolios.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.portfolios.SharedPortfolios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedPortfolios.class)
class JournalIT {

    private final RunningPortfolios service;
    private final RunningPortfolios.Client client;

    JournalIT(RunningPortfolios service) {
        this.service = service;
        this.client = service.client();
    }

    private Answer journal(String key, String asset, String amount) {
        return service.internal(
                "/internal/journals",
                "{\"client_id\": \"%s\", \"asset\": \"%s\", \"amount\": %s, \"reason\": \"correction\"}"
                        .formatted(client.id(), asset, amount),
                "Idempotency-Key",
                key);
    }

    private static String key() {
        return Ids.next().toString();
    }

    @Test
    void movesCashToAClientWhoWasNotKnown() {
        Answer done = journal(key(), "USD", "\"250.00\"");

        assertThat(done.status()).isEqualTo(201);
        assertThat(done.json().at("/data/amount").asText()).isEqualTo("250.00");
        assertThat(done.json().at("/data/balance_after").asText()).isEqualTo("250.00");
        assertThat(client.balances()).containsExactly("250.00", "0.00", "250.00");
        var line = client.get("/api/v1/portfolios/" + client.defaultPortfolioId() + "/transactions")
                .json()
                .at("/data/0");
        assertThat(line.path("type").asText()).isEqualTo("journal");
        assertThat(line.path("amount").asText()).isEqualTo("250.00");
        assertThat(line.path("reference").asText())
                .isEqualTo(done.json().at("/data/id").asText());
    }

    @Test
    void takesAwayWithASignAndNeverBelowZero() {
        journal(key(), "USD", "100");

        assertThat(journal(key(), "USD", "-40").status()).isEqualTo(201);
        Answer refused = journal(key(), "USD", "\"-60.01\"");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("insufficient_funds");
        assertThat(journal(key(), "AAPL", "-1").code()).isEqualTo("insufficient_shares");
        assertThat(client.balances()).containsExactly("60.00", "0.00", "60.00");
        assertThat(client.get("/api/v1/portfolios/" + client.defaultPortfolioId() + "/transactions")
                        .json()
                        .at("/data/0/amount")
                        .asText())
                .isEqualTo("-40.00");
    }

    @Test
    void knowsSymbolsFromTheirFirstShares() {
        assertThat(journal(key(), "NEW.A", "7").status()).isEqualTo(201);
        assertThat(service.internal("/internal/balance/" + client.id())
                        .json()
                        .at("/positions/0/quantity")
                        .asLong())
                .isEqualTo(7);
    }

    @Test
    void happensOnceForAKey() {
        String key = key();
        Answer first = journal(key, "USD", "10");
        Answer again = journal(key, "USD", "10");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(journal(key, "USD", "11").status()).isEqualTo(409);
        assertThat(client.balances()).contains("10.00");
    }

    @Test
    void wantsAKey() {
        Answer refused = service.internal(
                "/internal/journals",
                "{\"client_id\": \"%s\", \"asset\": \"USD\", \"amount\": 1, \"reason\": \"x\"}".formatted(client.id()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("idempotency_key_required");
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 0, invalid_amount",
        "USD, 0.001, invalid_amount",
        "USD, 1e25, invalid_amount",
        "AAPL, 1.5, invalid_amount",
        "usd, 1, invalid_asset",
        "NOT A SYMBOL, 1, invalid_asset"
    })
    void refusesWhatIsNoJournal(String asset, String amount, String code) {
        Answer refused = journal(key(), asset, amount);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void refusesReasonsThatNobodyCanRead() {
        Answer refused = service.internal(
                "/internal/journals",
                "{\"client_id\": \"%s\", \"asset\": \"USD\", \"amount\": 1, \"reason\": \"a\\u0000\"}"
                        .formatted(client.id()),
                "Idempotency-Key",
                key());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("reason");
    }

    @Test
    void refusesBalancesThatNoAccountCanHold() {
        assertThat(journal(key(), "HUGE", "999999999999999999").status()).isEqualTo(201);
        Answer refused = journal(key(), "HUGE", "999999999999999999");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("invalid_amount");
    }

    @Test
    void keepsSharesInThePortfolioOfTheCurrencyTheyAreTradedIn() {
        String shop = """
                {"client_id": "%s", "asset": "SHOP", "amount": 5, "currency": "%s", "reason": "transfer in"}""";
        Answer canadian = service.internal(
                "/internal/journals",
                shop.formatted(client.id(), "CAD"),
                "Idempotency-Key",
                Ids.next().toString());
        assertThat(canadian.status()).isEqualTo(201);
        String portfolio = canadian.json().at("/data/portfolio_id").asText();
        assertThat(client.get("/api/v1/portfolios/" + portfolio)
                        .json()
                        .at("/data/currency")
                        .asText())
                .isEqualTo("CAD");

        Answer american = service.internal(
                "/internal/journals",
                shop.formatted(client.id(), "USD"),
                "Idempotency-Key",
                Ids.next().toString());
        assertThat(american.status()).isEqualTo(422);
        assertThat(american.code()).isEqualTo("currency_mismatch");
        Answer unknown = service.internal(
                "/internal/journals",
                shop.formatted(client.id(), "AAPL"),
                "Idempotency-Key",
                Ids.next().toString());
        assertThat(unknown.code()).isEqualTo("invalid_currency");
    }
}
