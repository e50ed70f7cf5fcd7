package com.brokerx.commons.batch;

import io.dropwizard.util.Duration;

/**
 * How long work gathers between two batches, see {@link Pace}.
 *
 * @param perItem for each item of the last batch beyond its first
 * @param longest however many there were
 */
public record PaceSettings(Duration perItem, Duration longest) {

    /** As it was measured for requests that come one by one and wait for an answer (docs/decisions/0023-who-comes-alone.md). */
    public static final PaceSettings OF_REQUESTS =
            new PaceSettings(Duration.microseconds(500), Duration.milliseconds(8));

    public PaceSettings {
        perItem = perItem == null ? OF_REQUESTS.perItem : perItem;
        longest = longest == null ? OF_REQUESTS.longest : longest;
    }
}
