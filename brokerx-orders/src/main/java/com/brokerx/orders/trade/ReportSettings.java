package com.brokerx.orders.trade;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * How what happened to orders is gathered for confirmation mails.
 *
 * @param gatherFor how long to wait after a client's first news for more of it; 10 s if left out
 * @param lookEvery how often to look through all logs for news that a crash left behind; 1 min if left out
 * @param maximumReports orders in one event; 500 if left out
 */
public record ReportSettings(
        Duration gatherFor, Duration lookEvery, @Min(1) Integer maximumReports) {

    public static final ReportSettings DEFAULT = new ReportSettings(null, null, null);

    public ReportSettings {
        gatherFor = gatherFor == null ? Duration.seconds(10) : gatherFor;
        lookEvery = lookEvery == null ? Duration.minutes(1) : lookEvery;
        maximumReports = maximumReports == null ? 500 : maximumReports;
    }
}
