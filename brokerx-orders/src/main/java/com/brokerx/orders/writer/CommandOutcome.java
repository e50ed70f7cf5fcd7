package com.brokerx.orders.writer;

import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderCode;

/** What became of a command. */
public sealed interface CommandOutcome {

    /** Done, and committed; or it had been done before. */
    record Done(Order order) implements CommandOutcome {}

    /** Nothing changed, since a rule forbids it. */
    record Refused(Order order, OrderCode code) implements CommandOutcome {}

    /** Nothing changed, since the order is not what the sender took it for. */
    record Conflict(Order order) implements CommandOutcome {}

    /** There is no such order. */
    record NotFound() implements CommandOutcome {}

    /** So many orders have expired; 0 when no more were due. */
    record Expired(int orders) implements CommandOutcome {}

    /** The book belongs to another instance. */
    record NotOwner() implements CommandOutcome {}

    /** No answer in time: it may have been done, or be done later. */
    record Undecided() implements CommandOutcome {}
}
