package com.brokerx.orders.order;

import com.brokerx.commons.problem.Problem;

/** What the pre-trade rules say about an order or a replacement. */
sealed interface Verdict {

    record Fit(Terms terms) implements Verdict {}

    /** No order at all by the rules of its instrument; nothing of it is kept. */
    record Unusable(Problem problem) implements Verdict {}

    /** An order, but not now: the market or a limit forbids it. The refusal is kept. */
    record Refused(Terms terms, OrderCode code, String detail) implements Verdict {}
}
