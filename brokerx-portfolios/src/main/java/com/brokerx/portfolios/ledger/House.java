package com.brokerx.portfolios.ledger;

import java.util.Locale;

/** The parts that the house plays in a journal, each with an account of its own in every asset. */
public enum House {
    /** The world outside: what clients paid in, less what they took out. */
    PAYMENTS,
    /** Trading fees. */
    FEES,
    /** Corrections, transfers in, custody of shares. */
    BACK_OFFICE;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
