package com.brokerx.orders.book;

import java.util.UUID;

/** An open order in plain, changeable fields. */
final class ReferenceOrder {
    private final BookCommand.Place placed;
    final UUID id;
    final UUID client;
    final Side side;
    final OrderKind kind;
    final boolean postOnly;
    long limitTicks;
    long total;
    long leaves;
    TimeInForce timeInForce;
    long stopTicks;
    long priority;

    ReferenceOrder(BookCommand.Place place) {
        placed = place;
        id = place.orderId();
        client = place.clientId();
        side = place.side();
        kind = place.kind();
        postOnly = place.postOnly();
        limitTicks = place.limitTicks();
        total = place.quantity();
        leaves = place.quantity();
        timeInForce = place.timeInForce();
        stopTicks = place.stopTicks();
    }

    ReferenceOrder copy() {
        ReferenceOrder copy = new ReferenceOrder(placed);
        copy.limitTicks = limitTicks;
        copy.total = total;
        copy.leaves = leaves;
        copy.timeInForce = timeInForce;
        copy.stopTicks = stopTicks;
        copy.priority = priority;
        return copy;
    }

    boolean isStop() {
        return stopTicks > 0;
    }

    boolean isReachedBy(long tradeTicks) {
        return side == Side.BUY ? tradeTicks >= stopTicks : tradeTicks <= stopTicks;
    }

    RestingOrder toRestingOrder() {
        return new RestingOrder(
                id, client, side, kind, limitTicks, total, leaves, timeInForce, postOnly, stopTicks, priority);
    }
}
