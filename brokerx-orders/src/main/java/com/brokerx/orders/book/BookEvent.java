package com.brokerx.orders.book;

import java.util.UUID;

/**
 * What a command did, in the order in which it happened. Together the events of all commands tell the whole state of the
 * book: whoever stores them can {@linkplain OrderBook#restore restore} it.
 *
 * <p>An order that enters the market (placed, woken, or replaced with the loss of its place) brings any number of
 * {@link Traded} and then, unless it is filled, exactly one of {@link Rested} and {@link Cancelled}.
 */
public sealed interface BookEvent {

    /**
     * The order now waits in the queue of its price.
     *
     * @param priority its place: of two orders at one price, the one with the lower number trades first
     */
    record Rested(UUID orderId, long leaves, long priority) implements BookEvent {}

    /** A stop order now waits for its stop price; those that one trade wakes enter the market in order of priority. */
    record StopArmed(UUID orderId, long leaves, long priority) implements BookEvent {}

    /** A trade reached the stop price. The order enters the market now, and what happens to it there follows. */
    record Triggered(UUID orderId) implements BookEvent {}

    /**
     * One execution for both sides, at the price of the maker (the order that was resting).
     *
     * @param tradeSequence numbers the trades of the symbol from 1 without a gap
     * @param makerLeaves what is left of the maker after this trade; 0 means filled
     */
    record Traded(
            long tradeSequence,
            Side takerSide,
            long priceTicks,
            long quantity,
            UUID makerOrderId,
            UUID makerClientId,
            long makerLeaves,
            UUID takerOrderId,
            UUID takerClientId,
            long takerLeaves)
            implements BookEvent {}

    /** A match that did not happen because both orders are of one client. {@link Cancelled} of the newer one follows. */
    record SelfTradePrevented(UUID orderId, UUID restingOrderId, long priceTicks, long quantity) implements BookEvent {}

    record Cancelled(UUID orderId, long leavesCancelled, CancelReason reason) implements BookEvent {}

    record Expired(UUID orderId, long leavesExpired) implements BookEvent {}

    /**
     * The order has new terms. Where it lost its place, {@code priority} is the new one, and what happened to it on entering
     * the market again follows; otherwise it is the one it had.
     *
     * @param stopTicks 0 where it waits for no stop price
     */
    record Replaced(
            UUID orderId,
            long totalQuantity,
            long leaves,
            long limitTicks,
            TimeInForce timeInForce,
            long stopTicks,
            long priority,
            boolean lostPriority)
            implements BookEvent {}

    /** The command changed nothing: a placed order was not taken, any other order stays as it was. */
    record Refused(UUID orderId, RefusalReason reason) implements BookEvent {}
}
