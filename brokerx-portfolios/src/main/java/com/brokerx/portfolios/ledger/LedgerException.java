package com.brokerx.portfolios.ledger;

/** Something that must not happen to a ledger was asked of it: a fault of the caller, never of a client. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerException(String message) {
        super(message);
    }
}
