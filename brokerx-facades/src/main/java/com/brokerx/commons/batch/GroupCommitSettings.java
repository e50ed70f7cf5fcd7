package com.brokerx.commons.batch;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * @param maximumBatch how many requests may share one transaction; 256 if left out
 * @param queueCapacity how many may wait before more are refused with 503; 10,000 if left out
 * @param workers how many transactions run at once; 1 if left out, which was enough wherever it was measured
 * @param stopTimeout how long a stop waits for what is queued; 5 seconds if left out
 * @param pace how long requests gather between two transactions; {@link PaceSettings#OF_REQUESTS} if left out
 */
public record GroupCommitSettings(
        @Min(1) Integer maximumBatch,
        @Min(1) Integer queueCapacity,
        @Min(1) Integer workers,
        Duration stopTimeout,
        PaceSettings pace) {

    public static final GroupCommitSettings DEFAULT = new GroupCommitSettings(null, null, null, null, null);

    public GroupCommitSettings {
        maximumBatch = maximumBatch == null ? 256 : maximumBatch;
        queueCapacity = queueCapacity == null ? 10_000 : queueCapacity;
        workers = workers == null ? 1 : workers;
        stopTimeout = stopTimeout == null ? Duration.seconds(5) : stopTimeout;
        pace = pace == null ? PaceSettings.OF_REQUESTS : pace;
    }
}
