package com.brokerx.orders.market;

import java.util.Locale;

/** What may be done with a symbol at present. */
public enum InstrumentStatus {
    TRADING,
    /** Nothing: neither new orders nor changes. Cancels are still taken. */
    HALTED,
    /** Only cancels. */
    CANCEL_ONLY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static InstrumentStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
