package com.brokerx.orders.order;

import java.time.Instant;

/**
 * How an order stands at one moment. Every change makes a new state; each change that the client is told of raises the lock
 * version by one.
 *
 * @param triggeredAt when its stop price was reached; null where it was not, or where it has none
 * @param notional what was traded so far without fees, in the currency's smallest unit
 * @param rejectCode null unless a rule ended the order
 * @param reserveVersion the version of the reservation that these terms stand on
 */
public record OrderState(
        OrderStatus status,
        String rejectCode,
        Terms terms,
        Instant triggeredAt,
        long filled,
        long notional,
        int lockVersion,
        int reserveVersion,
        Instant updatedAt) {

    private static final int FIRST_VERSION = 1;

    /** An order that waits for its money or shares. */
    public static OrderState pending(Terms terms, Instant at) {
        return new OrderState(OrderStatus.PENDING_FUNDS, null, terms, null, 0, 0, FIRST_VERSION, FIRST_VERSION, at);
    }

    /** The order entered the market and has not traded. */
    public OrderState entered(Instant at) {
        return next(OrderStatus.NEW, null, filled, notional, at);
    }

    /** The order rests in the book, or waits there for its stop price, and has not traded. */
    public OrderState resting(Instant at) {
        return next(OrderStatus.WORKING, null, filled, notional, at);
    }

    public OrderState traded(long shares, long cost, Instant at) {
        OrderStatus next = filled + shares == terms.quantity() ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
        return next(next, null, filled + shares, notional + cost, at);
    }

    /**
     * The order will never trade again.
     *
     * @param code null where no rule ended it
     */
    public OrderState ended(OrderStatus how, String code, Instant at) {
        return next(how, code, filled, notional, at);
    }

    /** A trade has reached the stop price. */
    public OrderState triggered(Instant at) {
        return new OrderState(status, rejectCode, terms, at, filled, notional, lockVersion + 1, reserveVersion, at);
    }

    public OrderState replaced(Terms newTerms, Instant at) {
        return new OrderState(
                status, rejectCode, newTerms, triggeredAt, filled, notional, lockVersion + 1, reserveVersion, at);
    }

    /** The same terms on another version of the reservation; the client does not notice. */
    public OrderState onReservation(int version) {
        return new OrderState(
                status, rejectCode, terms, triggeredAt, filled, notional, lockVersion, version, updatedAt);
    }

    public long quantity() {
        return terms.quantity();
    }

    public long limitTicks() {
        return terms.limitTicks();
    }

    /** The stop price that it still waits for; 0 for an order that waits for none. */
    public long armedAtTicks() {
        return triggeredAt == null ? terms.stopTicks() : 0;
    }

    /** What may still trade: nothing once the order is done. */
    public long leaves() {
        return status.isFinal() ? 0 : terms.quantity() - filled;
    }

    private OrderState next(OrderStatus next, String code, long nextFilled, long nextNotional, Instant at) {
        return new OrderState(
                next, code, terms, triggeredAt, nextFilled, nextNotional, lockVersion + 1, reserveVersion, at);
    }
}
