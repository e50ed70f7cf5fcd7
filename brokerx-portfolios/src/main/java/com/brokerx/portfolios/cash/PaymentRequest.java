package com.brokerx.portfolios.cash;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * The body of a deposit or withdrawal.
 *
 * @param currency has to be the portfolio's, if given
 * @param portfolioId the default portfolio if left out
 */
public record PaymentRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1000.00")
        BigDecimal amount,

        @Schema(example = "USD") String currency,
        UUID portfolioId) {}
