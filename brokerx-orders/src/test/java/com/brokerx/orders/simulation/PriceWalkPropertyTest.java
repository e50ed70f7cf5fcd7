package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.market.Instrument;
import io.dropwizard.util.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class PriceWalkPropertyTest {

    @Property(tries = 100)
    void neverLeavesHalfTheBandAroundTheReferencePrice(
            @ForAll @DoubleRange(min = 0, max = 10_000) double volatility,
            @ForAll @LongRange(min = 2, max = 10_000_000) long reference,
            @ForAll long seed) {
        Instrument instrument = Views.instrument(reference, 20, 1);
        PriceWalk walk = PriceWalk.of(new WalkSettings(volatility, Duration.hours(1)), Duration.minutes(10));
        double price = reference;
        for (int step = 0; step < 200; step++) {
            price = walk.next(
                    price, instrument, Dice.of(seed, "maker", "ACME", step).nextGaussian());
            assertThat(Math.abs(price - reference)).isLessThanOrEqualTo(reference * 0.1 + 1e-6);
        }
    }
}
