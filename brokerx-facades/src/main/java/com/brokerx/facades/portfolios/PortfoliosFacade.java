package com.brokerx.facades.portfolios;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * What other services ask the portfolios service. Every call is idempotent; each throws
 * {@link com.brokerx.commons.problem.UnavailableException} when no answer can be had, and then nothing is known of its effect.
 */
public interface PortfoliosFacade {

    /**
     * Reserves for many orders at once; the outcomes stand in the order of the requests. See {@link ReserveRequest}.
     */
    List<ReserveOutcome> reserve(List<ReserveRequest> requests);

    /** What a client has. */
    Balance balance(UUID clientId);

    /** Moves cash or shares between a client and the house; {@code idempotencyKey} makes it happen once. */
    JournalOutcome journal(String idempotencyKey, JournalRequest request);

    /**
     * Says: the total that this order may ever spend is {@code amount}, what it has spent included. The same version again is a
     * replay; an older one is stale; a newer one moves the hold up, funds permitting, or down.
     *
     * @param amount in units of {@code asset}, above zero
     * @param asset a currency for a buy, a symbol for a sell
     * @param version 1 for a new order, one more for each replace
     * @param currency in which the shares of a sell are traded; null where the caller does not know, and for a buy
     * @param symbol what a buy is after; null where the caller does not know, and for a sell
     */
    record ReserveRequest(
            UUID clientId, UUID orderId, BigDecimal amount, String asset, int version, String currency, String symbol) {

        /** Without a word on what it is exchanged for. */
        public ReserveRequest(UUID clientId, UUID orderId, BigDecimal amount, String asset, int version) {
            this(clientId, orderId, amount, asset, version, null, null);
        }
    }

    sealed interface ReserveOutcome {
        record Reserved(BigDecimal reservedAmount, BigDecimal newAvailableBalance) implements ReserveOutcome {}

        /** @param missing how much more would have been needed, in units of the asset */
        record Insufficient(String asset, BigDecimal available, BigDecimal missing) implements ReserveOutcome {}

        /**
         * The client keeps such shares in another currency than they are traded in: what they cost there cannot be added to what they cost
         * or bring here.
         */
        record CurrencyMismatch(String asset) implements ReserveOutcome {}

        /** A newer version is known, or the order was closed. */
        record Stale() implements ReserveOutcome {}
    }

    record Balance(
            UUID clientId,
            String currency,
            BigDecimal available,
            BigDecimal reserved,
            BigDecimal total,
            List<Position> positions) {}

    /** Shares of one symbol. */
    record Position(String symbol, long quantity, long availableQuantity, long reservedQuantity) {}

    /** @param amount above zero to the client, below zero from the client */
    record JournalRequest(UUID clientId, String asset, BigDecimal amount, String reason) {}

    sealed interface JournalOutcome {
        record Done(boolean replayed) implements JournalOutcome {}

        /** The client would have less than nothing. */
        record BelowZero() implements JournalOutcome {}
    }
}
