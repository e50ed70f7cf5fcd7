package com.brokerx.portfolios.history;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * @param longestStatement the period that one statement may cover; 400 days if left out
 * @param maximumStatementLines of a statement in JSON; longer ones have to be asked for as CSV. 10,000 if left out
 */
public record HistorySettings(
        Duration longestStatement, @Min(1) Integer maximumStatementLines) {

    public static final HistorySettings DEFAULT = new HistorySettings(null, null);

    public HistorySettings {
        longestStatement = longestStatement == null ? Duration.days(400) : longestStatement;
        maximumStatementLines = maximumStatementLines == null ? 10_000 : maximumStatementLines;
    }
}
