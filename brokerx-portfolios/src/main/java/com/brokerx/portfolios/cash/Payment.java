package com.brokerx.portfolios.cash;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Money on its way in or out.
 *
 * @param amount in the currency's smallest unit
 * @param status {@code pending}, then {@code completed} or {@code failed}
 * @param failure why it failed, null unless it did
 */
public record Payment(
        UUID id,
        PaymentKind kind,
        UUID clientId,
        UUID portfolioId,
        long accountId,
        long amount,
        String currency,
        int scale,
        String status,
        String failure,
        String idempotencyKey,
        Instant createdAt,
        Instant processedAt) {

    static final String PENDING = "pending";
    static final String COMPLETED = "completed";
    static final String FAILED = "failed";

    boolean isPending() {
        return status.equals(PENDING);
    }

    BigDecimal decimalAmount() {
        return BigDecimal.valueOf(amount, scale);
    }

    Payment decided(String newStatus, String newFailure, Instant at) {
        return new Payment(
                id,
                kind,
                clientId,
                portfolioId,
                accountId,
                amount,
                currency,
                scale,
                newStatus,
                newFailure,
                idempotencyKey,
                createdAt,
                at);
    }

    PaymentView view() {
        return new PaymentView(
                id, portfolioId, decimalAmount(), currency, status, failure, idempotencyKey, processedAt, createdAt);
    }
}
