package com.brokerx.portfolios.ledger;

import io.dropwizard.util.Duration;

/**
 * @param interval how often the ledger is checked; 1 min if left out
 * @param fullInterval how often everything is checked from the first entry on; 1 day if left out
 * @param patience how long what differs from the orders service may be under way before it counts; 20 s if left out
 */
public record CheckSettings(Duration interval, Duration fullInterval, Duration patience) {

    public CheckSettings {
        interval = interval == null ? Duration.minutes(1) : interval;
        fullInterval = fullInterval == null ? Duration.days(1) : fullInterval;
        patience = patience == null ? Duration.seconds(20) : patience;
    }
}
