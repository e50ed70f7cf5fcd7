package com.brokerx.portfolios.cash;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A deposit or withdrawal as a caller sees it. */
public record PaymentView(
        UUID id,
        UUID portfolioId,
        BigDecimal amount,
        String currency,
        String status,
        String failureReason,
        String idempotencyKey,
        Instant processedAt,
        Instant createdAt) {

    /**
     * The answer to a request for a payment.
     *
     * @param idempotent whether the request was known and this is its first answer again
     */
    public record Answer(PaymentView data, String message, boolean idempotent) {
        Answer replayed() {
            return new Answer(data, message, true);
        }
    }

    /** One payment. */
    public record Single(PaymentView data) {}
}
