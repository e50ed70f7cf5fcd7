package com.brokerx.commons.batch;

import io.dropwizard.util.Duration;

/**
 * How long work gathers between two batches, see {@link Pace}.
 *
 * @param perItem for each item of the last batch beyond its first
 * @param longest however many there were
 */
public record PaceSettings(Duration perItem, Duration longest) {

    /** For what comes in batches already: to let those gather again would only take time. */
    public static final PaceSettings NONE = new PaceSettings(Duration.microseconds(0), Duration.milliseconds(0));

    /** As it was measured for requests that come one by one and wait for an answer (docs/decisions/0021-one-batch.md). */
    public static final PaceSettings OF_REQUESTS =
            new PaceSettings(Duration.microseconds(800), Duration.milliseconds(15));

    public PaceSettings {
        perItem = perItem == null ? OF_REQUESTS.perItem : perItem;
        longest = longest == null ? OF_REQUESTS.longest : longest;
    }
}
