package com.brokerx.portfolios.portfolio;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A client's money in one currency, and the shares bought with it.
 *
 * @param status {@code active} or {@code closed}
 * @param accountId the ledger's account of the cash
 * @param available cash that may be spent, in the currency's smallest unit
 * @param held cash that open orders and pending withdrawals may still need
 */
public record Portfolio(
        UUID id,
        UUID clientId,
        String name,
        String currency,
        String status,
        long accountId,
        int scale,
        long available,
        long held,
        Instant createdAt,
        Instant updatedAt) {

    public static final String CLOSED = "closed";

    public boolean isClosed() {
        return status.equals(CLOSED);
    }

    /** What a caller sees. */
    public record View(
            UUID id,
            UUID clientId,
            String name,
            String currency,
            String status,
            BigDecimal cashBalance,
            BigDecimal availableBalance,
            BigDecimal reservedBalance,
            Instant createdAt,
            Instant updatedAt) {}

    public View view() {
        return new View(
                id,
                clientId,
                name,
                currency,
                status,
                BigDecimal.valueOf(Math.addExact(available, held), scale),
                BigDecimal.valueOf(available, scale),
                BigDecimal.valueOf(held, scale),
                createdAt,
                updatedAt);
    }
}
