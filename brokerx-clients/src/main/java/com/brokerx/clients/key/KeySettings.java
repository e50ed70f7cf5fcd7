package com.brokerx.clients.key;

import io.dropwizard.util.Duration;

/**
 * How long a key signs.
 *
 * @param rotateAfter the age at which a key is followed by a new one; 30 days if left out
 * @param publishAhead how long a new key is shown before it signs, so that everybody knows it by then; 1 minute if left out
 * @param refreshInterval how often each instance looks for keys that another one made; 10 s if left out
 */
public record KeySettings(Duration rotateAfter, Duration publishAhead, Duration refreshInterval) {

    public static final KeySettings DEFAULT = new KeySettings(null, null, null);

    public KeySettings {
        rotateAfter = rotateAfter == null ? Duration.days(30) : rotateAfter;
        publishAhead = publishAhead == null ? Duration.minutes(1) : publishAhead;
        refreshInterval = refreshInterval == null ? Duration.seconds(10) : refreshInterval;
    }
}
