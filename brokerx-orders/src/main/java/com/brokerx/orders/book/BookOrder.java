package com.brokerx.orders.book;

import java.util.UUID;

/** An order inside the book: its terms, and its links in the queue of its price level. */
final class BookOrder {

    /** Priorities start at 1; this says that the order has none at present. */
    static final long NO_PRIORITY = 0;

    final UUID orderId;
    final UUID clientId;
    final Side side;
    final OrderKind kind;
    final boolean postOnly;
    long limitTicks;
    long totalQuantity;
    long leaves;
    TimeInForce timeInForce;
    long stopTicks;
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
        priority = stored.priority();
    }

    boolean isStop() {
        return stopTicks > 0;
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
                priority);
    }
}
