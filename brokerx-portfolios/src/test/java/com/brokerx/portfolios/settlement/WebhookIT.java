package com.brokerx.portfolios.settlement;

import static com.brokerx.portfolios.Market.closed;
import static com.brokerx.portfolios.Market.leg;
import static com.brokerx.portfolios.Market.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.facades.events.ClientEmailVerified;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.portfolios.SharedPortfolios;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPortfolios.class)
class WebhookIT {

    private static final List<String> SECRET = List.of("dev-webhook-secret");

    private final RunningPortfolios service;
    private final RunningPortfolios.Client client;
    private final List<EventEnvelope> verified;

    WebhookIT(RunningPortfolios service) {
        this.service = service;
        this.client = service.client();
        this.verified = List.of(RunningPortfolios.envelope(new ClientEmailVerified(client.id())));
    }

    @Test
    void refusesForgedAndStaleDeliveries() {
        assertThat(service.deliver(verified, List.of("guessed"), Instant.now()).status())
                .isEqualTo(401);
        assertThat(service.deliver(verified, SECRET, Instant.now().minusSeconds(600))
                        .status())
                .isEqualTo(401);
        assertThat(service.deliver(verified, SECRET, Instant.now().plusSeconds(600))
                        .status())
                .isEqualTo(401);
        assertThat(service.internal("/internal/webhooks/portfolios", "{\"events\": []}")
                        .status())
                .as("without a signature")
                .isEqualTo(401);
        assertThat(client.get("/api/v1/portfolio").status()).isEqualTo(404);

        assertThat(service.deliver(verified).status()).isEqualTo(200);
        assertThat(client.get("/api/v1/portfolio").status()).isEqualTo(200);
    }

    @Test
    void wantsTheInternalTokenToo() {
        Answer refused = service.send(HttpRequest.newBuilder(service.url().resolve("/internal/webhooks/portfolios"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(refused.status()).isEqualTo(401);
    }

    @Test
    void leavesEventsOfAnUnknownTypeToOthers() {
        var unknown = new EventEnvelope(
                Ids.next(),
                "moon.landed",
                "moon",
                Instant.now(),
                "request",
                Json.mapper().createObjectNode().put("crater", "Tycho"));
        Answer taken = service.deliver(List.of(unknown));
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().path("refused")).isEmpty();
    }

    @Test
    void settlesWhatItCanWhereOneEventIsWrong() {
        service.journal(client.id(), "USD", "100.00");
        var seller = service.client();
        service.journal(seller.id(), "GOOD", "5");
        service.journal(seller.id(), "BAD", "5");
        UUID buy = Ids.next();
        UUID sell = Ids.next();
        service.internal("/internal/reservations", """
                {"reservations": [
                  {"client_id": "%s", "order_id": "%s", "amount": "50", "asset": "USD", "version": 1},
                  {"client_id": "%s", "order_id": "%s", "amount": "5", "asset": "GOOD", "version": 1}]}""".formatted(client.id(), buy, seller.id(), sell));
        var wrong = RunningPortfolios.envelope(trade(
                "BAD", "10.00", 1, leg(Ids.next(), client.id(), "50", "10"), leg(Ids.next(), seller.id(), "5", "1")));
        var behindIt = RunningPortfolios.envelope(
                trade("BAD", "10.00", 1, leg(buy, client.id(), "50", "10"), leg(Ids.next(), seller.id(), "5", "1")));
        var right = RunningPortfolios.envelope(
                trade("GOOD", "10.00", 2, leg(buy, client.id(), "20", "20"), leg(sell, seller.id(), "5", "2")));
        var end = RunningPortfolios.envelope(closed(buy, client.id(), "USD", "20"));

        Answer receipt = service.deliver(List.of(wrong, right, behindIt, end));

        assertThat(receipt.json().path("refused").findValuesAsText("id"))
                .containsExactly(wrong.id().toString(), behindIt.id().toString());
        assertThat(client.balances()).containsExactly("80.00", "0.00", "80.00");
        assertThat(service.deliver(List.of(right, end)).json().path("refused")).isEmpty();
        assertThat(client.balances()).containsExactly("80.00", "0.00", "80.00");
    }
}
