package com.brokerx.orders.book;

import java.math.BigDecimal;
import java.util.UUID;

/** An open order in plain, changeable fields. */
final class ReferenceOrder {
    private final BookCommand.Place placed;
    final UUID id;
    final UUID client;
    final Side side;
    final boolean postOnly;
    OrderKind kind;
    long limitTicks;
    long total;
    long leaves;
    TimeInForce timeInForce;
    long stopTicks;
    int collarPpm;
    boolean woken;
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
        collarPpm = place.collarPpm();
    }

    ReferenceOrder copy() {
        ReferenceOrder copy = new ReferenceOrder(placed);
        copy.limitTicks = limitTicks;
        copy.total = total;
        copy.leaves = leaves;
        copy.timeInForce = timeInForce;
        copy.stopTicks = stopTicks;
        copy.collarPpm = collarPpm;
        copy.woken = woken;
        copy.priority = priority;
        return copy;
    }

    /** Waits outside of the market. */
    boolean isStop() {
        return stopTicks > 0 && collarPpm == 0;
    }

    /** Rests, and waits for its stop price at the same time. */
    boolean isLinked() {
        return collarPpm > 0;
    }

    boolean isReachedBy(long tradeTicks) {
        if (stopTicks == 0 || woken) {
            return false;
        }
        return side == Side.BUY ? tradeTicks >= stopTicks : tradeTicks <= stopTicks;
    }

    /** Its stop price is reached. */
    void wake() {
        if (isLinked()) {
            long distance = BigDecimal.valueOf(stopTicks)
                    .multiply(BigDecimal.valueOf(collarPpm, 6))
                    .longValue();
            kind = OrderKind.MARKET;
            limitTicks = side == Side.BUY ? stopTicks + distance : Math.max(1, stopTicks - distance);
            collarPpm = 0;
        }
        stopTicks = 0;
    }

    RestingOrder toRestingOrder() {
        return new RestingOrder(
                id,
                client,
                side,
                kind,
                limitTicks,
                total,
                leaves,
                timeInForce,
                postOnly,
                stopTicks,
                collarPpm,
                priority);
    }
}
