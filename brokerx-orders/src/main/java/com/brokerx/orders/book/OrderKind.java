package com.brokerx.orders.book;

/** Whether what is left of an order may rest. With a stop price these become stop and stop-limit orders. */
public enum OrderKind {
    /** Never rests. Its limit is a collar: the worst price at which it may trade. */
    MARKET,
    LIMIT
}
