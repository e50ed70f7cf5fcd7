package com.brokerx.portfolios.reservation;

import java.util.UUID;

/**
 * What an order may spend, in units of the asset that it pays with.
 *
 * @param accountId null where the order was closed before anything was reserved
 * @param version of the order: 1, and one more for each replace
 * @param authorized the most that the order may ever spend
 * @param settled what it has spent
 * @param closed no further trades will happen; those that did may still have to be settled
 * @param released what a release set free, null unless one did
 */
public record Reservation(
        UUID orderId,
        UUID clientId,
        Long accountId,
        String asset,
        int version,
        long authorized,
        long settled,
        boolean closed,
        Long released) {

    public static Reservation first(
            UUID orderId, UUID clientId, long accountId, String asset, int version, long amount) {
        return new Reservation(orderId, clientId, accountId, asset, version, amount, 0, false, null);
    }

    /** Stands for an order that was closed without a reservation, so that a late one is refused. */
    public static Reservation tombstone(UUID orderId, UUID clientId, String asset) {
        return new Reservation(orderId, clientId, null, asset, 0, 0, 0, true, null);
    }

    /** What is set aside for the order now. */
    public long held() {
        return authorized - settled;
    }

    /** Closed and completely settled: it will never change again. */
    public boolean isEnded() {
        return closed && authorized == settled;
    }

    Reservation authorizing(int newVersion, long amount) {
        return new Reservation(orderId, clientId, accountId, asset, newVersion, amount, settled, closed, released);
    }

    Reservation settling(long newAuthorized, long newSettled) {
        return new Reservation(
                orderId, clientId, accountId, asset, version, newAuthorized, newSettled, closed, released);
    }

    Reservation closing(long newAuthorized) {
        return new Reservation(orderId, clientId, accountId, asset, version, newAuthorized, settled, true, released);
    }

    Reservation releasing() {
        return new Reservation(orderId, clientId, accountId, asset, version, settled, settled, true, held());
    }
}
