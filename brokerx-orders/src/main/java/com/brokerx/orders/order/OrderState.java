package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import java.time.Instant;

/**
 * How an order stands at one moment. Every change makes a new state; each change that the client is told of raises the lock
 * version by one.
 *
 * @param limitTicks the worst price at which it may trade; of a market order its collar, 0 where it was refused before it had one
 * @param quantity the whole of it, filled or not
 * @param expiresAt null where it does not expire
 * @param notional what was traded so far without fees, in the currency's smallest unit
 * @param rejectCode null unless a rule ended the order
 * @param reserveVersion the version of the reservation that these terms stand on
 */
public record OrderState(
        OrderStatus status,
        String rejectCode,
        TimeInForce timeInForce,
        long limitTicks,
        long quantity,
        Instant expiresAt,
        long filled,
        long notional,
        int lockVersion,
        int reserveVersion,
        Instant updatedAt) {

    private static final int FIRST_VERSION = 1;

    /** An order that waits for its money or shares. */
    public static OrderState pending(
            TimeInForce timeInForce, long limitTicks, long quantity, Instant expiresAt, Instant at) {
        return new OrderState(
                OrderStatus.PENDING_FUNDS,
                null,
                timeInForce,
                limitTicks,
                quantity,
                expiresAt,
                0,
                0,
                FIRST_VERSION,
                FIRST_VERSION,
                at);
    }

    /** The order entered the market and has not traded. */
    public OrderState entered(Instant at) {
        return next(OrderStatus.NEW, null, filled, notional, at);
    }

    /** The order rests in the book and has not traded. */
    public OrderState resting(Instant at) {
        return next(OrderStatus.WORKING, null, filled, notional, at);
    }

    public OrderState traded(long shares, long cost, Instant at) {
        OrderStatus next = filled + shares == quantity ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
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

    public OrderState replaced(Terms terms, Instant at) {
        return new OrderState(
                status,
                rejectCode,
                terms.timeInForce(),
                terms.limitTicks(),
                terms.quantity(),
                terms.expiresAt(),
                filled,
                notional,
                lockVersion + 1,
                reserveVersion,
                at);
    }

    /** The same terms on another version of the reservation; the client does not notice. */
    public OrderState onReservation(int version) {
        return new OrderState(
                status,
                rejectCode,
                timeInForce,
                limitTicks,
                quantity,
                expiresAt,
                filled,
                notional,
                lockVersion,
                version,
                updatedAt);
    }

    /** What may still trade: nothing once the order is done. */
    public long leaves() {
        return status.isFinal() ? 0 : quantity - filled;
    }

    public Terms terms() {
        return new Terms(quantity, limitTicks, timeInForce, expiresAt);
    }

    private OrderState next(OrderStatus next, String code, long nextFilled, long nextNotional, Instant at) {
        return new OrderState(
                next,
                code,
                timeInForce,
                limitTicks,
                quantity,
                expiresAt,
                nextFilled,
                nextNotional,
                lockVersion + 1,
                reserveVersion,
                at);
    }
}
