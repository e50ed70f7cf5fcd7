package com.brokerx.orders.book;

import java.util.UUID;

/**
 * An open order as it is stored, enough to put it back in its place.
 *
 * @param limitTicks of a market order (only a stop order can be one here), its collar
 * @param totalQuantity includes what is filled
 * @param stopTicks the stop price of an order that is not yet triggered; 0 for one that never was to be, or is
 * @param collarPpm see {@link BookCommand.Place}
 * @param priority from the latest {@link BookEvent.Rested}, {@link BookEvent.StopArmed} or {@link BookEvent.Replaced}
 */
public record RestingOrder(
        UUID orderId,
        UUID clientId,
        Side side,
        OrderKind kind,
        long limitTicks,
        long totalQuantity,
        long leaves,
        TimeInForce timeInForce,
        boolean postOnly,
        long stopTicks,
        int collarPpm,
        long priority) {
    public RestingOrder {
        if (leaves <= 0 || leaves > totalQuantity) {
            throw new IllegalArgumentException(
                    "order " + orderId + " cannot leave " + leaves + " of a total of " + totalQuantity);
        }
        if (stopTicks == 0 && (kind == OrderKind.MARKET || !timeInForce.mayRest())) {
            throw new IllegalArgumentException("order " + orderId + " may not rest");
        }
    }
}
