package com.brokerx.orders.writer;

import io.dropwizard.util.Duration;

/**
 * How the instances share the books.
 *
 * @param duration how long an instance may be silent before another one takes over its books; 2.5 s if left out
 * @param heartbeat how often an instance says that it lives, and looks for books without an owner; 500 ms if left out
 */
public record LeaseSettings(Duration duration, Duration heartbeat) {

    public LeaseSettings {
        duration = duration == null ? Duration.milliseconds(2500) : duration;
        heartbeat = heartbeat == null ? Duration.milliseconds(500) : heartbeat;
        if (heartbeat.toMilliseconds() * 3 > duration.toMilliseconds()) {
            throw new IllegalArgumentException("a lease lasts three heartbeats at least");
        }
    }
}
