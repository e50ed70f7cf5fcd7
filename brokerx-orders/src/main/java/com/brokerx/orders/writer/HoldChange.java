package com.brokerx.orders.writer;

import java.util.UUID;

/**
 * A change of an order's hold for a replacement that is under way, as it is stored until it is done. An order has one at most.
 *
 * @param id tells it from an earlier or later change for the same order
 * @param version the reservation's version
 * @param authorized the most that the order may ever spend, in the smallest unit of what it reserves
 * @param asked whether the portfolios service may have heard of this version
 */
public record HoldChange(
        UUID id, UUID orderId, String symbol, Stage stage, int version, long authorized, boolean asked) {

    /** What the table says in {@code stage}. */
    public enum Stage {
        /** The book has not decided; the hold may already be at this version and amount. */
        RAISING,
        /** The book has decided; the hold has to be set to this version and amount. */
        SETTING
    }

    HoldChange settled(int newVersion, long newAuthorized) {
        return new HoldChange(id, orderId, symbol, Stage.SETTING, newVersion, newAuthorized, true);
    }
}
