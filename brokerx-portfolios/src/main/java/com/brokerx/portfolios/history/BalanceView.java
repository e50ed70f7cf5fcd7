package com.brokerx.portfolios.history;

import com.brokerx.portfolios.portfolio.Portfolio;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A portfolio's cash.
 *
 * @param cashBalance available and reserved together
 * @param asOf when it was so
 */
public record BalanceView(
        UUID portfolioId,
        String currency,
        BigDecimal cashBalance,
        BigDecimal availableBalance,
        BigDecimal reservedBalance,
        Instant asOf) {

    /** One balance. */
    public record Single(BalanceView data) {}

    static BalanceView of(Portfolio portfolio, long available, long held, Instant at) {
        return new BalanceView(
                portfolio.id(),
                portfolio.currency(),
                BigDecimal.valueOf(Math.addExact(available, held), portfolio.scale()),
                BigDecimal.valueOf(available, portfolio.scale()),
                BigDecimal.valueOf(held, portfolio.scale()),
                at);
    }
}
