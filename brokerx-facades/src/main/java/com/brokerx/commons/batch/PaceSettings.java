package com.brokerx.commons.batch;

import io.dropwizard.util.Duration;

/**
 * How long work gathers between two batches, see {@link Pace}.
 *
 * @param perItem for each item of the last batch beyond its first
 * @param longest however many there were
 */
public record PaceSettings(Duration perItem, Duration longest) {

    /**
     * As it was measured for requests that wait for an answer: batches grow with the load, and at 1,200 orders/s a request still waits
     * for a millisecond or two (docs/performance.md).
     */
    public static final PaceSettings OF_REQUESTS =
            new PaceSettings(Duration.microseconds(400), Duration.milliseconds(15));

    public PaceSettings {
        perItem = perItem == null ? OF_REQUESTS.perItem : perItem;
        longest = longest == null ? OF_REQUESTS.longest : longest;
    }
}
