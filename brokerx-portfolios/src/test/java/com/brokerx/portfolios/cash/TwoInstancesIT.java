package com.brokerx.portfolios.cash;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.testing.AtOnce;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same request fifty times at once, at two instances of the service: one effect, one answer. */
class TwoInstancesIT {

    private static final int REQUESTS = 50;

    private static RunningPortfolios one;
    private static RunningPortfolios two;

    @BeforeAll
    static void start() {
        one = RunningPortfolios.start();
        two = RunningPortfolios.startOn(one.database());
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @Test
    void depositsOnce() {
        RunningPortfolios.Client client = one.client();

        List<Answer> answers = atOnce(client, "/api/v1/deposits", "{\"amount\": \"10.00\"}");

        assertOneEffect(answers);
        assertThat(client.balances()).containsExactly("10.00", "0.00", "10.00");
        assertThat(client.get("/api/v1/deposits").json().at("/meta/count").asInt())
                .isEqualTo(1);
        assertThat(client.get("/api/v1/portfolios").json().at("/meta/count").asInt())
                .isEqualTo(1);
    }

    @Test
    void withdrawsOnce() {
        RunningPortfolios.Client client = one.clientWith("100.00");

        assertOneEffect(atOnce(client, "/api/v1/withdrawals", "{\"amount\": \"30.00\"}"));
        assertThat(client.balances()).containsExactly("70.00", "0.00", "70.00");
    }

    @Test
    void opensOnePortfolio() {
        RunningPortfolios.Client client = one.client();

        assertOneEffect(atOnce(client, "/api/v1/portfolios", "{\"name\": \"Maple\", \"currency\": \"CAD\"}"));
        assertThat(client.get("/api/v1/portfolios").json().at("/meta/count").asInt())
                .as("with the default one")
                .isEqualTo(2);
    }

    private static void assertOneEffect(List<Answer> answers) {
        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().map(answer -> answer.json().path("data")).distinct())
                .hasSize(1);
    }

    /** The tokens of the second instance's clients have another signer, so each instance gets its own. */
    private static List<Answer> atOnce(RunningPortfolios.Client client, String path, String body) {
        String elsewhere = two.client(client.id()).token();
        return AtOnce.times(REQUESTS, i -> {
            RunningPortfolios instance = i % 2 == 0 ? one : two;
            String token = i % 2 == 0 ? client.token() : elsewhere;
            return instance.send(HttpRequest.newBuilder(instance.url().resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "fire")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        });
    }
}
