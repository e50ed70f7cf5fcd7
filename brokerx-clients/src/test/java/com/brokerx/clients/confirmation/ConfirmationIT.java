package com.brokerx.clients.confirmation;

import static com.brokerx.clients.RunningClients.INTERNAL_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.WebhookSignature;
import com.brokerx.facades.events.DepositCompleted;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.facades.events.OrdersReported;
import com.brokerx.facades.events.OrdersReported.Report;
import com.brokerx.facades.events.WithdrawalCompleted;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deliveries as the other services' relays send them. */
class ConfirmationIT {

    private static final Instant AT = Instant.parse("2026-01-31T12:34:56.789Z");
    private static final String PATH = "/internal/webhooks/clients";

    private final RunningClients clients = RunningClients.shared();
    private final SignedIn ann = clients.signedIn();

    private static DepositCompleted deposit(UUID client, String amount) {
        return new DepositCompleted(Ids.next(), client, new BigDecimal(amount), "USD", AT);
    }

    private static Report report(String direction, String status, long filled, String price, String reject) {
        return new Report(
                Ids.next(),
                "AAPL",
                direction,
                10,
                filled,
                price == null ? null : new BigDecimal(price),
                "USD",
                status,
                reject,
                AT);
    }

    private static String batch(DomainEvent... events) {
        ObjectNode batch = Json.mapper().createObjectNode();
        ArrayNode list = batch.putArray("events");
        for (DomainEvent event : events) {
            list.addObject()
                    .put("id", Ids.next().toString())
                    .put("type", event.type())
                    .put("aggregate", event.aggregate())
                    .put("occurred_at", AT.toString())
                    .put("request_id", "test")
                    .putNull("traceparent")
                    .set("data", Json.mapper().valueToTree(event));
        }
        try {
            return Json.mapper().writeValueAsString(batch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer deliver(String body) {
        return deliver(body, "dev-webhook-secret", Instant.now());
    }

    private Answer deliver(String body, String secret, Instant at) {
        String signature = WebhookSignature.sign(
                List.of(secret), "delivery", at.getEpochSecond(), body.getBytes(StandardCharsets.UTF_8));
        return clients.post(
                PATH,
                body,
                "X-Internal-Token",
                INTERNAL_TOKEN,
                WebhookSignature.ID_HEADER,
                "delivery",
                WebhookSignature.TIMESTAMP_HEADER,
                Long.toString(at.getEpochSecond()),
                WebhookSignature.SIGNATURE_HEADER,
                signature);
    }

    private List<String> subjects(int confirmations) throws MessagingException {
        List<String> subjects = new ArrayList<>();
        // Before the confirmations come the link and the code of the sign-in.
        for (MimeMessage mail : clients.mails().await(ann.email(), 2 + confirmations)) {
            subjects.add(mail.getSubject());
        }
        return subjects.stream()
                .filter(subject -> !subject.startsWith("Verify") && !subject.endsWith("sign-in code"))
                .toList();
    }

    @Test
    void confirmsADepositByMailOnceHoweverOftenItIsTold() throws MessagingException {
        String body = batch(deposit(ann.id(), "100.00"));

        assertThat(deliver(body).body().path("refused")).isEmpty();
        assertThat(deliver(body).body().path("refused")).isEmpty();
        deliver(batch(new WithdrawalCompleted(Ids.next(), ann.id(), new BigDecimal("12.50"), "USD", AT)));

        assertThat(subjects(2))
                .containsExactlyInAnyOrder(
                        "Your deposit of 100.00 USD has arrived", "Your withdrawal of 12.50 USD is on its way");
        assertThat(clients.mails().with(ann.email(), "100.00 USD")).contains("2026-01-31 12:34:56 UTC  100.00 USD");
    }

    @Test
    void gathersWhatOneDeliveryHoldsForAClientIntoOneMailOfEachKind() throws MessagingException {
        deliver(batch(
                deposit(ann.id(), "1.00"),
                deposit(ann.id(), "2.00"),
                new OrdersReported(ann.id(), List.of(report("buy", "filled", 10, "175.25", null)), 0),
                new OrdersReported(
                        ann.id(),
                        List.of(
                                report("sell", "partially_filled", 4, "175.30", null),
                                report("buy", "rejected", 0, null, "insufficient_funds")),
                        1234)));

        assertThat(subjects(2)).containsExactlyInAnyOrder("Your deposits have arrived", "News of 3 orders");
        assertThat(clients.mails().with(ann.email(), "1.00 USD")).contains("2.00 USD");
        assertThat(clients.mails().with(ann.email(), "AAPL"))
                .contains("buy 10 AAPL  filled: 10 at 175.25 USD")
                .contains("sell 10 AAPL  partially filled: 4 at 175.30 USD")
                .contains("buy 10 AAPL  rejected (insufficient funds)")
                .contains("1,234 more entries");
    }

    @Test
    void namesASingleOrderInTheSubject() throws MessagingException {
        deliver(batch(new OrdersReported(ann.id(), List.of(report("buy", "filled", 10, "175.25", null)), 0)));

        assertThat(subjects(1)).containsExactly("Your order to buy 10 AAPL is filled");
    }

    @Test
    void takesEventsOfWhomItDoesNotKnowAndOfKindsItDoesNotKnow() {
        String unknownKind = batch(deposit(ann.id(), "1.00")).replace("deposit.completed", "deposit.imagined");

        assertThat(deliver(batch(deposit(Ids.next(), "1.00"))).body().path("refused"))
                .isEmpty();
        assertThat(deliver(unknownKind).body().path("refused")).isEmpty();
        assertThat(clients.mails().to(ann.email())).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void refusesOnlyTheEventThatCannotBeRead() throws MessagingException {
        String body = batch(deposit(ann.id(), "7.00"), deposit(Ids.next(), "8.00"));

        Answer answer = deliver(body.replaceFirst("\"8.00\"", "\"eight\""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("refused")).hasSize(1);
        assertThat(subjects(1)).containsExactly("Your deposit of 7.00 USD has arrived");
    }

    @Test
    void listensToNobodyWhoDoesNotHoldTheSecrets() {
        String body = batch(deposit(ann.id(), "100.00"));

        assertThat(deliver(body, "another secret", Instant.now()).status()).isEqualTo(401);
        assertThat(deliver(body, "dev-webhook-secret", Instant.now().minusSeconds(600))
                        .status())
                .isEqualTo(401);
        assertThat(clients.post(PATH, body, "X-Internal-Token", INTERNAL_TOKEN).status())
                .isEqualTo(401);
        assertThat(clients.post(PATH, body).status()).isEqualTo(401);
        assertThat(deliver("{").status()).isEqualTo(400);
    }
}
