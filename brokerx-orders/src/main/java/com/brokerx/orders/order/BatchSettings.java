package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommitSettings;
import jakarta.validation.Valid;

/**
 * How requests share transactions and calls.
 *
 * @param acceptance storing new orders and changes of holds; here they gather, and from here on they go together
 * @param funds calls to the portfolios service; several at once, 4 if left out
 * @param refusals of orders that got no funds
 */
public record BatchSettings(
        @Valid GroupCommitSettings acceptance,
        @Valid GroupCommitSettings funds,
        @Valid GroupCommitSettings refusals) {

    public static final BatchSettings DEFAULT = new BatchSettings(null, null, null);

    private static final int CALLS_AT_ONCE = 4;

    public BatchSettings {
        acceptance = acceptance == null ? GroupCommitSettings.DEFAULT : acceptance;
        funds = funds == null ? new GroupCommitSettings(null, null, CALLS_AT_ONCE, null, null) : funds;
        refusals = refusals == null ? GroupCommitSettings.DEFAULT : refusals;
    }
}
