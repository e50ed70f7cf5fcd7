package com.brokerx.orders.book;

import java.util.UUID;

/**
 * What can be asked of a book. The constructors refuse what no caller may send (an amount that is not positive, say) with
 * {@link IllegalArgumentException}; what depends on the state of the book is answered by {@link BookEvent.Refused}.
 */
public sealed interface BookCommand {

    /** The largest quantity of one order: millions of them at one price still add up without overflow. */
    long MAX_QUANTITY = 1_000_000_000_000L;

    UUID orderId();

    /**
     * A new order.
     *
     * @param limitTicks the worst price at which it may trade; of a market order, its collar
     * @param postOnly refuse the order rather than let it trade at once: limit orders that may rest
     * @param stopTicks the trade price that wakes a stop order; 0 for an order that is awake from the start
     * @param collarPpm above 0 for a limit order that rests at its limit while it waits for its stop price (one cancels the
     *     other): how far from the stop price it may trade as a market order once that is reached, in millionths of it
     */
    record Place(
            UUID orderId,
            UUID clientId,
            Side side,
            OrderKind kind,
            long limitTicks,
            long quantity,
            TimeInForce timeInForce,
            boolean postOnly,
            long stopTicks,
            int collarPpm)
            implements BookCommand {
        public Place {
            requirePrice(limitTicks);
            requireQuantity(quantity);
            requireStop(stopTicks);
            if (postOnly && (kind != OrderKind.LIMIT || !timeInForce.mayRest())) {
                throw new IllegalArgumentException("a post-only order is a limit order that may rest");
            }
            boolean mayHaveCollar = kind == OrderKind.LIMIT && stopTicks > 0 && timeInForce.mayRest() && !postOnly;
            if (collarPpm < 0 || (collarPpm > 0 && !mayHaveCollar)) {
                throw new IllegalArgumentException("an order that rests and has a stop price is a plain limit order");
            }
        }

        /** An order that either stands in the market or waits for its stop price. */
        public Place(
                UUID orderId,
                UUID clientId,
                Side side,
                OrderKind kind,
                long limitTicks,
                long quantity,
                TimeInForce timeInForce,
                boolean postOnly,
                long stopTicks) {
            this(orderId, clientId, side, kind, limitTicks, quantity, timeInForce, postOnly, stopTicks, 0);
        }
    }

    record Cancel(UUID orderId) implements BookCommand {}

    /** The end of a DAY or GTD order's time; the book does not ask which of the two it is. */
    record Expire(UUID orderId) implements BookCommand {}

    /**
     * Changes an open order by the rules of FIX (OrderCancelReplaceRequest). Less quantity alone keeps the place in the
     * queue; anything else loses it, and may trade at once. A refused replacement leaves the order as it was.
     *
     * @param newTotalQuantity includes what is filled already
     * @param newStopTicks of a stop order that is not triggered; 0 to leave it as it is
     */
    record Replace(
            UUID orderId, long newTotalQuantity, long newLimitTicks, TimeInForce newTimeInForce, long newStopTicks)
            implements BookCommand {
        public Replace {
            requirePrice(newLimitTicks);
            requireQuantity(newTotalQuantity);
            requireStop(newStopTicks);
        }

        /** The stop price stays, where there is one. */
        public Replace(UUID orderId, long newTotalQuantity, long newLimitTicks, TimeInForce newTimeInForce) {
            this(orderId, newTotalQuantity, newLimitTicks, newTimeInForce, 0);
        }
    }

    private static void requirePrice(long ticks) {
        if (ticks <= 0) {
            throw new IllegalArgumentException("a price is positive: " + ticks);
        }
    }

    private static void requireStop(long ticks) {
        if (ticks < 0) {
            throw new IllegalArgumentException("a stop price is positive, or 0 for none: " + ticks);
        }
    }

    private static void requireQuantity(long quantity) {
        if (quantity <= 0 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("a quantity is 1 to " + MAX_QUANTITY + ": " + quantity);
        }
    }
}
