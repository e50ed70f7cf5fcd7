package com.brokerx.portfolios.ledger;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * @param interval how often the ledger is checked; 15 s if left out
 * @param maximumEntries how many new entries one of these checks looks at; what is more waits for the next one, so that checks stay
 *     small beside the trading they watch. 50,000 if left out
 * @param comparisonInterval how often holds and new trades are compared with the orders service; 1 min if left out
 * @param fullInterval how often everything is checked from the first entry on; 1 day if left out
 * @param patience how long what differs from the orders service may be under way before it counts; 20 s if left out
 */
public record CheckSettings(
        Duration interval,
        @Min(1) Integer maximumEntries,
        Duration comparisonInterval,
        Duration fullInterval,
        Duration patience) {

    public CheckSettings {
        interval = interval == null ? Duration.seconds(15) : interval;
        maximumEntries = maximumEntries == null ? 50_000 : maximumEntries;
        comparisonInterval = comparisonInterval == null ? Duration.minutes(1) : comparisonInterval;
        fullInterval = fullInterval == null ? Duration.days(1) : fullInterval;
        patience = patience == null ? Duration.seconds(20) : patience;
    }
}
