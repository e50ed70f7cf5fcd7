package com.brokerx.portfolios.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an account changed. */
public enum EntryType {
    DEPOSIT,
    WITHDRAWAL,
    RESERVE,
    RELEASE,
    BUY,
    SELL,
    FEE,
    JOURNAL;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
