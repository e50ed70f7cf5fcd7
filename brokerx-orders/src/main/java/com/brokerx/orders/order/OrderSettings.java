package com.brokerx.orders.order;

import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.math.BigDecimal;

/**
 * How orders are taken.
 *
 * @param tradingFeePercent what each side pays of what is traded; 0 if left out
 * @param limits what one order and one client may be up to
 * @param fundsPatience how long a request waits for the portfolios service; 1.3 s if left out, so that a caller is answered within 2 s when that is down
 * @param batches how requests share transactions and calls
 * @param recovery how orders that were left behind are finished
 */
public record OrderSettings(
        @DecimalMin("0") @DecimalMax("10") BigDecimal tradingFeePercent,
        @Valid LimitSettings limits,
        Duration fundsPatience,
        @Valid BatchSettings batches,
        @Valid RecoverySettings recovery) {

    public static final OrderSettings DEFAULT = new OrderSettings(null, null, null, null, null);

    private static final int PPM_PER_CENT = 4;

    public OrderSettings {
        tradingFeePercent = tradingFeePercent == null ? BigDecimal.ZERO : tradingFeePercent;
        limits = limits == null ? LimitSettings.DEFAULT : limits;
        fundsPatience = fundsPatience == null ? Duration.milliseconds(1300) : fundsPatience;
        batches = batches == null ? BatchSettings.DEFAULT : batches;
        recovery = recovery == null ? new RecoverySettings(null, null, null) : recovery;
    }

    /** The fee in millionths. */
    int feePpm() {
        return tradingFeePercent.movePointRight(PPM_PER_CENT).intValueExact();
    }
}
