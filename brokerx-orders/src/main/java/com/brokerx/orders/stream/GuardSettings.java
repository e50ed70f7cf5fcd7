package com.brokerx.orders.stream;

import io.dropwizard.util.Duration;

/**
 * Limits and times of cancel-on-disconnect.
 *
 * @param least the shortest time that a client may ask for; 5 s if left out
 * @param most the longest one; 5 min if left out
 * @param every how often deadlines are moved on, and overdue ones looked for; 1 s if left out
 * @param retryAfter when orders that could not be cancelled are tried again; 5 s if left out
 */
public record GuardSettings(Duration least, Duration most, Duration every, Duration retryAfter) {

    static final GuardSettings DEFAULT = new GuardSettings(null, null, null, null);

    public GuardSettings {
        least = least == null ? Duration.seconds(5) : least;
        most = most == null ? Duration.minutes(5) : most;
        every = every == null ? Duration.seconds(1) : every;
        retryAfter = retryAfter == null ? Duration.seconds(5) : retryAfter;
    }
}
