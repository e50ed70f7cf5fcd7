package com.brokerx.portfolios.reservation;

import com.brokerx.portfolios.ledger.LedgerException;
import java.util.Optional;

/**
 * What becomes of a reservation, without database or clock. Every rule says what must be true afterwards rather than what to add, so
 * requests and events may arrive twice, late or in another order: money that a fill still needs is never set free, and what an order
 * no longer needs always is.
 */
public final class ReservationRules {

    private ReservationRules() {}

    /** What a request to reserve comes to. */
    public sealed interface Decision {
        /** @param delta what moves from available to held; below zero the other way */
        record Hold(Reservation reservation, long delta) implements Decision {}

        /** The version is known; its amount stays, even if another one was sent with it. */
        record Replay(Reservation reservation) implements Decision {}

        /** A newer version is known, or the order has ended. */
        record Stale() implements Decision {}

        /** Nothing changes. */
        record Short(long missing) implements Decision {}
    }

    /**
     * @param order what is asked for
     * @param available what the account has to spend
     */
    public static Decision reserve(Optional<Reservation> current, ReserveOrder order, long accountId, long available) {
        return current.isEmpty() ? first(order, accountId, available) : again(current.get(), order, available);
    }

    private static Decision first(ReserveOrder order, long accountId, long available) {
        if (order.amount() > available) {
            return new Decision.Short(order.amount() - available);
        }
        Reservation reservation = Reservation.first(
                order.orderId(), order.clientId(), accountId, order.asset(), order.version(), order.amount());
        return new Decision.Hold(reservation, order.amount());
    }

    private static Decision again(Reservation current, ReserveOrder order, long available) {
        boolean sameOrder =
                current.clientId().equals(order.clientId()) && current.asset().equals(order.asset());
        if (!sameOrder || current.closed() || order.version() < current.version()) {
            return new Decision.Stale();
        }
        if (order.version() == current.version()) {
            return new Decision.Replay(current);
        }
        long authorized = Math.max(order.amount(), current.settled());
        long delta = authorized - current.authorized();
        return delta > available
                ? new Decision.Short(delta - available)
                : new Decision.Hold(current.authorizing(order.version(), authorized), delta);
    }

    /**
     * What a trade does to the reservation of one side.
     *
     * @param fromHold what is taken out of the hold
     * @param fromAvailable what the hold was short of; zero unless another service erred, and then the trade is still honoured
     * @param surplus what the order can no longer spend, and goes back to available
     */
    public record Settled(Reservation reservation, long fromHold, long fromAvailable, long surplus) {}

    /**
     * Spends {@code amount}. The order's new limit counts only if the reservation still is at the version that traded: a replace that
     * came in between has already said what the order may spend.
     *
     * @param authorizedAfter the most that the order may ever spend from now on, as of that version
     * @throws LedgerException when the reservation has ended
     */
    public static Settled settle(Reservation current, long amount, int version, long authorizedAfter) {
        if (current.isEnded()) {
            throw new LedgerException("order " + current.orderId() + " has ended and cannot spend " + amount);
        }
        long settled = Math.addExact(current.settled(), amount);
        long limit =
                version == current.version() ? Math.min(current.authorized(), authorizedAfter) : current.authorized();
        long authorized = Math.max(limit, settled);
        long fromHold = Math.min(amount, current.held());
        long surplus = current.held() - fromHold - (authorized - settled);
        return new Settled(current.settling(authorized, settled), fromHold, amount - fromHold, surplus);
    }

    /** @param freed goes back to available */
    public record Freed(Reservation reservation, long freed) {}

    /**
     * Ends an order that will have spent {@code settledTotal} when the trades under way are settled; until then they keep their hold.
     * To close twice changes nothing.
     */
    public static Freed close(Reservation current, long settledTotal) {
        if (current.closed()) {
            return new Freed(current, 0);
        }
        long authorized = Math.max(current.settled(), Math.min(current.authorized(), settledTotal));
        return new Freed(current.closing(authorized), current.authorized() - authorized);
    }

    /** What a request to release comes to. */
    public sealed interface Release {
        record Done(Reservation reservation, long freed) implements Release {}

        /** It was released or closed before. */
        record Replay(Reservation reservation) implements Release {}

        record Stale() implements Release {}
    }

    /** Ends an order that never traded again: everything that is held is free. @param version null for any */
    public static Release release(Reservation current, Integer version) {
        if (version != null && version < current.version()) {
            return new Release.Stale();
        }
        return current.closed() ? new Release.Replay(current) : new Release.Done(current.releasing(), current.held());
    }
}
