package com.brokerx.commons.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who may deliver events. */
class WebhookReceiverTest {

    private static final byte[] NOTHING = "{\"events\":[]}".getBytes(StandardCharsets.UTF_8);

    @AutoClose
    private final ListeningService service = new ListeningService();

    private final long now = Instant.now().getEpochSecond();

    @Test
    void refusesForgedAndStaleDeliveries() {
        WebhookReceiver webhook = service.receiverWith("secret");

        assertThat(webhook.receive("id", "" + now, sign("secret", now), NOTHING).refused())
                .isEmpty();
        assertThatThrownBy(() -> webhook.receive("id", "" + now, sign("guess", now), NOTHING))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> webhook.receive("id", "" + (now - 600), sign("secret", now - 600), NOTHING))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> webhook.receive("id", null, null, NOTHING)).isInstanceOf(ProblemException.class);
    }

    @Test
    void acceptsTheOldSecretWhileItIsRotated() {
        WebhookReceiver rotating = service.receiverWith("new", "secret");

        assertThat(rotating.receive("id", "" + now, sign("secret", now), NOTHING)
                        .refused())
                .isEmpty();
        assertThat(rotating.receive("id", "" + now, sign("new", now), NOTHING).refused())
                .isEmpty();
    }

    private static String sign(String secret, long timestamp) {
        return WebhookSignature.sign(List.of(secret), "id", timestamp, NOTHING);
    }
}
