package com.brokerx.orders.simulation;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * How prices wander.
 *
 * @param hourlyVolatilityBasisPoints the standard deviation of an hour's change, in hundredths of a per cent; 100 if left out
 * @param reversionHalfLife the time in which half of a distance to the reference price goes away; 4 h if left out
 */
record WalkSettings(
        @PositiveOrZero @DecimalMax("10000") Double hourlyVolatilityBasisPoints, Duration reversionHalfLife) {

    static final WalkSettings DEFAULT = new WalkSettings(null, null);

    WalkSettings {
        hourlyVolatilityBasisPoints = hourlyVolatilityBasisPoints == null ? 100.0 : hourlyVolatilityBasisPoints;
        reversionHalfLife = reversionHalfLife == null ? Duration.hours(4) : reversionHalfLife;
        if (reversionHalfLife.toSeconds() < 1) {
            throw new IllegalArgumentException("a half-life lasts a second at least");
        }
    }
}
