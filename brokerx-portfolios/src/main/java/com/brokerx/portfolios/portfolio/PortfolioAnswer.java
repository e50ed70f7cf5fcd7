package com.brokerx.portfolios.portfolio;

import com.fasterxml.jackson.annotation.JsonInclude;

/** One portfolio. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PortfolioAnswer(Portfolio.View data, String message) {

    static PortfolioAnswer of(Portfolio portfolio) {
        return new PortfolioAnswer(portfolio.view(), null);
    }
}
