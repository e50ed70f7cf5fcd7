package com.brokerx.portfolios.cash;

import com.brokerx.portfolios.ledger.EntryType;
import java.util.Locale;

/** Which way money goes. */
public enum PaymentKind {
    DEPOSIT(EntryType.DEPOSIT),
    WITHDRAWAL(EntryType.WITHDRAWAL);

    private final EntryType entry;

    PaymentKind(EntryType entry) {
        this.entry = entry;
    }

    EntryType entry() {
        return entry;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
