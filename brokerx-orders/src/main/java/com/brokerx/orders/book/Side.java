package com.brokerx.orders.book;

/** The side of the book on which an order stands. */
public enum Side {
    BUY,
    SELL;

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }

    /** Whether an order of this side with this limit may trade at the price: a buyer at or below it, a seller at or above. */
    public boolean accepts(long limitTicks, long priceTicks) {
        return this == BUY ? priceTicks <= limitTicks : priceTicks >= limitTicks;
    }

    /** Whether a trade at the price wakes a stop order of this side: a buy stop at or above its stop price, a sell stop at or below. */
    public boolean triggers(long stopTicks, long tradeTicks) {
        return this == BUY ? tradeTicks >= stopTicks : tradeTicks <= stopTicks;
    }
}
