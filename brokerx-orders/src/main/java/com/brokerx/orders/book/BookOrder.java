package com.brokerx.orders.book;

import java.util.UUID;

/** An order inside the book: its terms, and its links in the queue of its price level. */
final class BookOrder {

    /** Priorities start at 1; this says that the order has none at present. */
    static final long NO_PRIORITY = 0;

    private static final long ONE_IN_PPM = 1_000_000;

    final UUID orderId;
    final UUID clientId;
    final Side side;
    final boolean postOnly;
    OrderKind kind;
    long limitTicks;
    long totalQuantity;
    long leaves;
    TimeInForce timeInForce;
    long stopTicks;
    int collarPpm;
    long priority = NO_PRIORITY;

    PriceLevel level;
    BookOrder previous;
    BookOrder next;

    BookOrder(BookCommand.Place placed) {
        orderId = placed.orderId();
        clientId = placed.clientId();
        side = placed.side();
        kind = placed.kind();
        postOnly = placed.postOnly();
        limitTicks = placed.limitTicks();
        totalQuantity = placed.quantity();
        leaves = placed.quantity();
        timeInForce = placed.timeInForce();
        stopTicks = placed.stopTicks();
        collarPpm = placed.collarPpm();
    }

    BookOrder(RestingOrder stored) {
        orderId = stored.orderId();
        clientId = stored.clientId();
        side = stored.side();
        kind = stored.kind();
        postOnly = stored.postOnly();
        limitTicks = stored.limitTicks();
        totalQuantity = stored.totalQuantity();
        leaves = stored.leaves();
        timeInForce = stored.timeInForce();
        stopTicks = stored.stopTicks();
        collarPpm = stored.collarPpm();
        priority = stored.priority();
    }

    /** Whether it waits outside of the market. */
    boolean isStop() {
        return hasStop() && !isLinked();
    }

    /** Whether a trade may wake it. */
    boolean hasStop() {
        return stopTicks > 0;
    }

    /** Whether it stands in the market while it waits for its stop price: one cancels the other. */
    boolean isLinked() {
        return collarPpm > 0;
    }

    /** Its stop price is reached: from now on it is like any other order that enters the market. */
    void wake() {
        if (isLinked()) {
            kind = OrderKind.MARKET;
            long distance = stopTicks * collarPpm / ONE_IN_PPM;
            limitTicks = side == Side.BUY ? stopTicks + distance : Math.max(1, stopTicks - distance);
            collarPpm = 0;
        }
        stopTicks = 0;
        priority = NO_PRIORITY;
    }

    boolean isTriggeredBy(long tradeTicks) {
        return side.triggers(stopTicks, tradeTicks);
    }

    boolean accepts(long priceTicks) {
        return side.accepts(limitTicks, priceTicks);
    }

    boolean isOfSameClientAs(BookOrder other) {
        return clientId.equals(other.clientId);
    }

    long filled() {
        return totalQuantity - leaves;
    }

    RestingOrder toRestingOrder() {
        return new RestingOrder(
                orderId,
                clientId,
                side,
                kind,
                limitTicks,
                totalQuantity,
                leaves,
                timeInForce,
                postOnly,
                stopTicks,
                collarPpm,
                priority);
    }
}
