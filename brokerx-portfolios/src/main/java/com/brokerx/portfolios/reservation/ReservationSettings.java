package com.brokerx.portfolios.reservation;

import com.brokerx.commons.batch.GroupCommitSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;

/**
 * @param groupCommit how requests of a moment share a transaction
 * @param maximumBatch orders in one request at most; 1,000 if left out
 */
public record ReservationSettings(
        @Valid GroupCommitSettings groupCommit, @Min(1) Integer maximumBatch) {

    public static final ReservationSettings DEFAULT = new ReservationSettings(null, null);

    public ReservationSettings {
        groupCommit = groupCommit == null ? GroupCommitSettings.DEFAULT : groupCommit;
        maximumBatch = maximumBatch == null ? 1000 : maximumBatch;
    }
}
