package com.brokerx.orders.order;

import java.util.Locale;
import java.util.Optional;

/** Where an order stands in its life. */
public enum OrderStatus {
    /** Stored; its money or shares are not yet reserved. */
    PENDING_FUNDS,
    /** On its way through the book; seen in reports only. */
    NEW,
    /** Rests in the book, not a share traded. */
    WORKING,
    PARTIALLY_FILLED,
    FILLED,
    CANCELLED,
    EXPIRED,
    REJECTED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OrderStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** As {@link #of}, for words that a caller sent. */
    public static Optional<OrderStatus> find(String wireName) {
        for (OrderStatus status : values()) {
            if (status.wireName().equals(wireName)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** Nothing will ever happen to the order again. */
    public boolean isFinal() {
        return switch (this) {
            case FILLED, CANCELLED, EXPIRED, REJECTED -> true;
            case PENDING_FUNDS, NEW, WORKING, PARTIALLY_FILLED -> false;
        };
    }

    /** The order stands in its book. */
    public boolean isOpen() {
        return this == WORKING || this == PARTIALLY_FILLED;
    }
}
