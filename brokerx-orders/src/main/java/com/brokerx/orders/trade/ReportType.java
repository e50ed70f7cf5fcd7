package com.brokerx.orders.trade;

import java.util.Locale;

/** What an execution report tells. */
public enum ReportType {
    NEW,
    PARTIAL_FILL,
    FILL,
    REPLACED,
    /** A trade reached the stop price: the order enters the market. */
    TRIGGERED,
    CANCELLED,
    EXPIRED,
    REJECTED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReportType of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
