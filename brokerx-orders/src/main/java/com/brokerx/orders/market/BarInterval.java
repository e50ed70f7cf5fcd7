package com.brokerx.orders.market;

import java.time.Duration;
import java.util.Optional;

/** How much time one bar stands for. */
enum BarInterval {
    MINUTE("1m", Duration.ofMinutes(1)),
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    HOUR("1h", Duration.ofHours(1)),
    /** A calendar day where the market is. */
    DAY("1d", Duration.ofDays(1));

    private final String wireName;
    private final Duration length;

    BarInterval(String wireName, Duration length) {
        this.wireName = wireName;
        this.length = length;
    }

    Duration length() {
        return length;
    }

    static Optional<BarInterval> find(String wireName) {
        for (BarInterval interval : values()) {
            if (interval.wireName.equals(wireName)) {
                return Optional.of(interval);
            }
        }
        return Optional.empty();
    }
}
