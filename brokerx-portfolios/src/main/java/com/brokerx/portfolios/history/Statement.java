package com.brokerx.portfolios.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What happened in a portfolio in a period.
 *
 * @param from the first moment
 * @param to the first moment after it
 * @param opening the cash before the first line
 * @param closing the cash after the last line
 */
public record Statement(
        UUID portfolioId,
        String currency,
        Instant from,
        Instant to,
        BalanceView opening,
        BalanceView closing,
        List<StatementLine> lines) {

    /** One statement. */
    public record Single(Statement data) {}
}
