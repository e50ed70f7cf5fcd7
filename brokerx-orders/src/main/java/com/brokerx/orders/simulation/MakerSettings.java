package com.brokerx.orders.simulation;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How the market maker quotes.
 *
 * @param levels prices on each side; 5 if left out
 * @param size shares at each price at least, twice as many at most; 500 if left out
 * @param spreadBasisPoints between best bid and best ask, in hundredths of a per cent of the reference price; 8 if left out
 * @param stepBasisPoints from one price to the next, likewise; 5 if left out
 */
record MakerSettings(
        @Min(1) @Max(50) Integer levels,
        @Min(1) @Max(1_000_000) Long size,
        @DecimalMin("0.1") Double spreadBasisPoints,
        @DecimalMin("0.1") Double stepBasisPoints) {

    static final MakerSettings DEFAULT = new MakerSettings(null, null, null, null);

    MakerSettings {
        levels = levels == null ? 5 : levels;
        size = size == null ? 500L : size;
        spreadBasisPoints = spreadBasisPoints == null ? 8.0 : spreadBasisPoints;
        stepBasisPoints = stepBasisPoints == null ? 5.0 : stepBasisPoints;
    }
}
