package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.batch.PaceSettings;
import jakarta.validation.Valid;

/**
 * How requests share transactions and calls.
 *
 * @param acceptance storing new orders; here they gather ({@link PaceSettings#OF_REQUESTS} if left out), and from here on they go together
 * @param funds calls to the portfolios service; several at once, 4 if left out
 * @param others refusals and changes of holds
 */
public record BatchSettings(
        @Valid GroupCommitSettings acceptance,
        @Valid GroupCommitSettings funds,
        @Valid GroupCommitSettings others) {

    public static final BatchSettings DEFAULT = new BatchSettings(null, null, null);

    private static final int CALLS_AT_ONCE = 4;

    public BatchSettings {
        acceptance = acceptance == null
                ? new GroupCommitSettings(null, null, null, null, PaceSettings.OF_REQUESTS)
                : acceptance;
        funds = funds == null ? new GroupCommitSettings(null, null, CALLS_AT_ONCE, null, null) : funds;
        others = others == null ? GroupCommitSettings.DEFAULT : others;
    }
}
