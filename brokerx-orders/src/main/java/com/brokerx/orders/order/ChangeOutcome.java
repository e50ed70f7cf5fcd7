package com.brokerx.orders.order;

import com.brokerx.commons.problem.Problem;

/** What became of an attempt to cancel or replace an order. */
public sealed interface ChangeOutcome {

    /** Done, or it had been so before. */
    record Changed(Order order) implements ChangeOutcome {}

    /** A rule forbids it; the order is as it was. */
    record Refused(Problem problem) implements ChangeOutcome {}

    /** The order is not what the caller takes it for. */
    record Conflict(Order order) implements ChangeOutcome {}

    /** There is no such order, or it is somebody else's. */
    record NotFound() implements ChangeOutcome {}

    /** Nothing has changed: an earlier change of the order has to be finished first. */
    record Busy(Order order) implements ChangeOutcome {}

    /** Not known in time; the order tells by and by. */
    record Undecided() implements ChangeOutcome {}
}
