package com.brokerx.orders.book;

/** How long an order lives. The book has no clock: the end of DAY and GTD reaches it as {@link BookCommand.Expire}. */
public enum TimeInForce {
    DAY,
    GTC,
    GTD,
    /** Immediate or cancel: what does not trade at once is cancelled. */
    IOC,
    /** Fill or kill: trades whole at once or not at all. */
    FOK;

    /** Whether what does not trade at once may wait in the book. */
    public boolean mayRest() {
        return this != IOC && this != FOK;
    }
}
