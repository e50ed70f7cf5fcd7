package com.brokerx.orders.simulation;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;

/**
 * What each agent owns. What has fallen below a half is filled up, by a journal of the back office.
 *
 * @param cash in the currency of portfolios; 1,000,000,000 if left out
 * @param shares of each symbol; 10,000,000 if left out
 * @param every how often it is looked at; 1 min if left out
 */
record FundingSettings(
        @DecimalMin("1") BigDecimal cash, @Min(1) Long shares, Duration every) {

    static final FundingSettings DEFAULT = new FundingSettings(null, null, null);

    FundingSettings {
        cash = cash == null ? BigDecimal.valueOf(1_000_000_000L) : cash;
        shares = shares == null ? 10_000_000L : shares;
        every = every == null ? Duration.minutes(1) : every;
    }
}
