package com.brokerx.portfolios.cash;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.testing.Eventually;
import io.dropwizard.testing.ConfigOverride;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments whose provider is slow, says nothing, refuses, or calls back when nobody expects it. */
class SlowProviderIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RunningPortfolios service;

    @AfterEach
    void stop() {
        service.close();
    }

    private RunningPortfolios.Client start(String... settings) {
        ConfigOverride[] overrides = new ConfigOverride[settings.length / 2];
        for (int i = 0; i < overrides.length; i++) {
            overrides[i] = ConfigOverride.config("portfolios.cash." + settings[2 * i], settings[2 * i + 1]);
        }
        service = RunningPortfolios.start(overrides);
        return service.client();
    }

    @Test
    void pendsUntilTheProviderCallsBack() {
        RunningPortfolios.Client client = start("simulation.settlesAfter", "1500ms", "simulation.callbacks", "3");

        Answer deposit = client.post("/api/v1/deposits", "{\"amount\": \"10.00\"}", "Idempotency-Key", "slow");
        assertThat(deposit.status()).isEqualTo(201);
        assertThat(deposit.json().at("/data/status").asText()).isEqualTo("pending");
        assertThat(deposit.json().at("/data/processed_at").isNull()).isTrue();
        assertThat(client.balances()).containsExactly("0.00", "0.00", "0.00");

        awaitStatus(client, "deposits", deposit, "completed");
        assertThat(client.balances()).containsExactly("10.00", "0.00", "10.00");
        Answer again = client.post("/api/v1/deposits", "{\"amount\": \"10.00\"}", "Idempotency-Key", "slow");
        assertThat(again.json().path("data")).isEqualTo(deposit.json().path("data"));
    }

    @Test
    void holdsTheMoneyOfAPendingWithdrawalAndGivesItBackWhenItIsRefused() {
        RunningPortfolios.Client client =
                start("simulation.settlesAfter", "1h", "simulation.callbacks", "0", "simulation.refusedPercent", "100");
        service.journal(client.id(), "USD", "100.00");

        Answer withdrawal = client.post("/api/v1/withdrawals", "{\"amount\": \"60.00\"}");
        assertThat(withdrawal.json().at("/data/status").asText()).isEqualTo("pending");
        assertThat(client.balances()).containsExactly("40.00", "60.00", "100.00");
        assertThat(client.post("/api/v1/withdrawals", "{\"amount\": \"40.01\"}").code())
                .isEqualTo("insufficient_funds");

        Answer callback = callback(withdrawal, "refused");
        assertThat(callback.json().at("/data/status").asText()).isEqualTo("failed");
        assertThat(callback.json().at("/data/failure_reason").asText()).isEqualTo("no such bank account");
        assertThat(client.balances()).containsExactly("100.00", "0.00", "100.00");

        assertThat(callback(withdrawal, "settled").json().at("/data/status").asText())
                .as("what is decided stays")
                .isEqualTo("failed");
        assertThat(client.balances()).containsExactly("100.00", "0.00", "100.00");
    }

    @Test
    void settlesOnceHoweverOftenItIsCalledBack() {
        RunningPortfolios.Client client = start("simulation.settlesAfter", "1h", "simulation.callbacks", "0");
        Answer deposit = client.post("/api/v1/deposits", "{\"amount\": \"10.00\"}");

        for (int i = 0; i < 3; i++) {
            assertThat(callback(deposit, "settled").status()).isEqualTo(200);
        }

        assertThat(client.balances()).containsExactly("10.00", "0.00", "10.00");
    }

    @Test
    void asksAgainWhenNoAnswerComes() {
        RunningPortfolios.Client client =
                start("simulation.timedOutPercent", "100", "simulation.callbacks", "0", "askAgainAfter", "500ms");

        Answer deposit = client.post("/api/v1/deposits", "{\"amount\": \"10.00\"}");

        assertThat(deposit.json().at("/data/status").asText()).isEqualTo("pending");
        awaitStatus(client, "deposits", deposit, "completed");
        assertThat(client.balances()).containsExactly("10.00", "0.00", "10.00");
    }

    @Test
    void refusesCallbacksThatMakeNoSense() {
        start();
        String unknown = "{\"payment_id\": \"00000000-0000-7000-8000-000000000000\", \"result\": \"%s\"}";
        assertThat(service.internal("/internal/payment_callbacks", unknown.formatted("settled"))
                        .status())
                .isEqualTo(404);
        assertThat(service.internal("/internal/payment_callbacks", unknown.formatted("maybe"))
                        .status())
                .isEqualTo(422);
    }

    private Answer callback(Answer payment, String result) {
        return service.internal(
                "/internal/payment_callbacks",
                "{\"payment_id\": \"%s\", \"result\": \"%s\", \"reason\": \"no such bank account\"}"
                        .formatted(payment.json().at("/data/id").asText(), result));
    }

    private static void awaitStatus(RunningPortfolios.Client client, String list, Answer payment, String status) {
        String path = "/api/v1/" + list + "/" + payment.json().at("/data/id").asText();
        Eventually.await(
                "the payment being " + status,
                LIMIT,
                () -> client.get(path).json().at("/data/status").asText().equals(status));
    }
}
