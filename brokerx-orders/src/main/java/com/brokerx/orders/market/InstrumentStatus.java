package com.brokerx.orders.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What may be done with a symbol at present. */
public enum InstrumentStatus {
    TRADING,
    /** Nothing: neither new orders nor changes. Cancels are still taken. */
    HALTED,
    /** Only cancels. */
    CANCEL_ONLY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static InstrumentStatus of(String wireName) {
        return switch (wireName) {
            case "trading" -> TRADING;
            case "halted" -> HALTED;
            case "cancel_only" -> CANCEL_ONLY;
            default -> throw new IllegalArgumentException("has to be trading, halted or cancel_only");
        };
    }
}
