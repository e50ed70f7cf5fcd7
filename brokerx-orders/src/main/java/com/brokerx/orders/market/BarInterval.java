package com.brokerx.orders.market;

import java.util.Optional;

/** How much time one bar stands for; its boundaries are those of the function {@code bar_start} of the database. */
enum BarInterval {
    MINUTE("1m"),
    FIVE_MINUTES("5m"),
    HOUR("1h"),
    /** A calendar day where the market is. */
    DAY("1d");

    private final String wireName;

    BarInterval(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
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
