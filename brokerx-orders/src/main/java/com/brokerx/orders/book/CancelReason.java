package com.brokerx.orders.book;

/** Why the book ended an order that was not filled. */
public enum CancelReason {
    REQUESTED,
    IOC_REMAINDER,
    /** A fill-or-kill order found too little quantity within its limit; nothing traded. */
    FOK_UNFILLABLE,
    /** Nothing (more) to trade with inside a market order's collar. */
    MARKET_REMAINDER,
    /** The order would have met a resting order of the same client. */
    SELF_TRADE,
    /** A triggered stop-limit order that is post-only would have traded at once. */
    POST_ONLY_WOULD_CROSS
}
