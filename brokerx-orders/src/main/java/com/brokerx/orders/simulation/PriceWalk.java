package com.brokerx.orders.simulation;

import com.brokerx.orders.market.Instrument;
import io.dropwizard.util.Duration;

/**
 * A random walk of what a symbol is held to be worth. It is drawn back to the reference price (an Ornstein-Uhlenbeck process), so
 * that weeks of it stay sane, and kept within half the price band around it whatever the settings are. The value is an opinion in
 * ticks and their fractions, no money; it is rounded before anybody hears of it.
 *
 * @param deviation of one step, as a share of the price
 * @param pull how much of the distance to the reference price one step takes back
 */
record PriceWalk(double deviation, double pull) {

    private static final double SECONDS_OF_AN_HOUR = 3600;
    private static final double BASIS_POINTS = 10_000;

    static PriceWalk of(WalkSettings settings, Duration interval) {
        double seconds = interval.toMilliseconds() / 1000.0;
        double halfLives = seconds / settings.reversionHalfLife().toSeconds();
        return new PriceWalk(
                settings.hourlyVolatilityBasisPoints() / BASIS_POINTS * Math.sqrt(seconds / SECONDS_OF_AN_HOUR),
                1 - Math.pow(0.5, halfLives));
    }

    /** @param shock drawn from the standard normal distribution */
    double next(double value, Instrument instrument, double shock) {
        double reference = instrument.referenceTicks();
        return within(value * Math.exp(deviation * shock) + pull * (reference - value), instrument);
    }

    double within(double value, Instrument instrument) {
        double reference = instrument.referenceTicks();
        double reach = Math.min(
                reference - 1, reference * instrument.priceBandPercent().doubleValue() / 200);
        return Math.clamp(value, reference - reach, reference + reach);
    }
}
