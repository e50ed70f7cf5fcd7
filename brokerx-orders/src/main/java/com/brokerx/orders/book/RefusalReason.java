package com.brokerx.orders.book;

/** Why the book did not carry out a command. */
public enum RefusalReason {
    /** The order is not open here: it was never placed, or a fill, cancel or expiry came first. */
    UNKNOWN_ORDER,
    DUPLICATE_ORDER,
    /** A replacement's total quantity must be above what is filled already. */
    QUANTITY_NOT_ABOVE_FILLED,
    POST_ONLY_WOULD_CROSS
}
