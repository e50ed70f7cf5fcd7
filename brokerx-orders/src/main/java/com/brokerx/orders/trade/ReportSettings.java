package com.brokerx.orders.trade;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * How what happened to orders is gathered for confirmation mails.
 *
 * @param gatherFor how long to wait after a client's first news for more of it; 10 s if left out
 * @param restFor how long a client who was just told of some news is not told of more; 1 min if left out
 * @param lookEvery how often to look through all logs for news that a crash left behind; 1 min if left out
 * @param maximumReports the latest entries of a client's log that one event is about; of what came before, only the number is told.
 *     200 if left out
 */
public record ReportSettings(
        Duration gatherFor,
        Duration restFor,
        Duration lookEvery,
        @Min(1) Integer maximumReports) {

    public static final ReportSettings DEFAULT = new ReportSettings(null, null, null, null);

    public ReportSettings {
        gatherFor = gatherFor == null ? Duration.seconds(10) : gatherFor;
        restFor = restFor == null ? Duration.minutes(1) : restFor;
        lookEvery = lookEvery == null ? Duration.minutes(1) : lookEvery;
        maximumReports = maximumReports == null ? 200 : maximumReports;
    }
}
