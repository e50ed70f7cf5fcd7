package com.brokerx.clients.password;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * How guessing passwords is slowed down.
 *
 * @param slowDownAfter wrong passwords in a row after which a delay begins; 5 if left out
 * @param firstDelay for how long no password is right then, doubled with each further wrong one; 2 s if left out
 * @param longestDelay the longest such time; 15 minutes if left out
 * @param forgetAfter wrong passwords are forgotten after this long without another; 1 day if left out
 */
public record GuardSettings(
        @Min(2) Integer slowDownAfter, Duration firstDelay, Duration longestDelay, Duration forgetAfter) {

    public static final GuardSettings DEFAULT = new GuardSettings(null, null, null, null);

    public GuardSettings {
        slowDownAfter = slowDownAfter == null ? 5 : slowDownAfter;
        firstDelay = firstDelay == null ? Duration.seconds(2) : firstDelay;
        longestDelay = longestDelay == null ? Duration.minutes(15) : longestDelay;
        forgetAfter = forgetAfter == null ? Duration.days(1) : forgetAfter;
    }
}
