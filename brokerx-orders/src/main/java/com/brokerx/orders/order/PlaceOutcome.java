package com.brokerx.orders.order;

import com.brokerx.commons.problem.Problem;

/** What became of an attempt to place an order. */
public sealed interface PlaceOutcome {

    /**
     * The order is taken, and stands as it stood after matching, or waits where that is not known in time.
     *
     * @param replayed whether it had been placed by an earlier request with the same key
     */
    record Placed(Order order, boolean replayed) implements PlaceOutcome {}

    /**
     * The order is kept as refused.
     *
     * @param replayed whether it had been refused to an earlier request with the same key
     */
    record Refused(Order order, String detail, boolean replayed) implements PlaceOutcome {}

    /** That was no order; nothing is kept. */
    record Unusable(Problem problem) implements PlaceOutcome {}

    /** The key belongs to another request. */
    record KeyConflict() implements PlaceOutcome {}

    /** So many orders are open that this one cannot be taken; nothing is kept, and the same key may be tried again. */
    record BooksFull(int maximum) implements PlaceOutcome {}

    /** The portfolios service is down; the order is kept as refused, but the same key may be tried again. */
    record Unavailable(Order order) implements PlaceOutcome {}
}
