package com.brokerx.portfolios.portfolio;

import jakarta.validation.constraints.Min;

/**
 * @param defaultCurrency of the portfolio that is opened for every client; USD if left out
 * @param maximumPerClient how many portfolios a client may have; 20 if left out
 * @param maximumNameLength in characters; 100 if left out
 */
public record PortfolioSettings(
        String defaultCurrency,
        @Min(1) Integer maximumPerClient,
        @Min(1) Integer maximumNameLength) {

    public static final PortfolioSettings DEFAULT = new PortfolioSettings(null, null, null);

    public PortfolioSettings {
        defaultCurrency = defaultCurrency == null ? "USD" : defaultCurrency;
        maximumPerClient = maximumPerClient == null ? 20 : maximumPerClient;
        maximumNameLength = maximumNameLength == null ? 100 : maximumNameLength;
    }
}
