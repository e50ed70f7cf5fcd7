package com.brokerx.commons.outbox;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;

/**
 * How a service checks what is delivered to it.
 *
 * @param secrets any of them may have signed; several while one is being rotated
 * @param tolerance how far a delivery's timestamp may lie from now; 5 min if left out
 */
public record WebhookSettings(@NotEmpty List<String> secrets, Duration tolerance) {

    public WebhookSettings {
        secrets = List.copyOf(secrets);
        tolerance = tolerance == null ? Duration.minutes(5) : tolerance;
    }
}
