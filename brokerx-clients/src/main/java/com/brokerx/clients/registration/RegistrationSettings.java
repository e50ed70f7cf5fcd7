package com.brokerx.clients.registration;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * How accounts begin.
 *
 * @param linkLifetime how long a verification link is good; 24 hours if left out
 * @param resendsPerHour further links an account gets in an hour; 3 if left out
 * @param forgetUnverifiedAfter accounts never verified are removed after this long, so that nobody keeps an address that is not
 *     theirs; 30 days if left out
 */
public record RegistrationSettings(
        Duration linkLifetime, @Min(1) Integer resendsPerHour, Duration forgetUnverifiedAfter) {

    public static final RegistrationSettings DEFAULT = new RegistrationSettings(null, null, null);

    public RegistrationSettings {
        linkLifetime = linkLifetime == null ? Duration.hours(24) : linkLifetime;
        resendsPerHour = resendsPerHour == null ? 3 : resendsPerHour;
        forgetUnverifiedAfter = forgetUnverifiedAfter == null ? Duration.days(30) : forgetUnverifiedAfter;
    }
}
