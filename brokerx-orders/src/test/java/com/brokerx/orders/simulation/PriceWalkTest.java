package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.brokerx.orders.market.Instrument;
import io.dropwizard.util.Duration;
import org.junit.jupiter.api.Test;

class PriceWalkTest {

    private static final Duration SECOND = Duration.seconds(1);
    private static final int WEEKS = 3;
    private static final int SECONDS_OF_A_WEEK = 7 * 24 * 3600;

    @Test
    void staysSaneForWeeks() {
        Instrument instrument = Views.instrument(17_500, 20, 1);
        PriceWalk walk = PriceWalk.of(WalkSettings.DEFAULT, SECOND);
        double price = 17_500;
        double sum = 0;
        double lowest = price;
        double highest = price;
        int steps = WEEKS * SECONDS_OF_A_WEEK;
        for (int step = 0; step < steps; step++) {
            price = walk.next(
                    price, instrument, Dice.of(1, "maker", "AAPL", step).nextGaussian());
            sum += price;
            lowest = Math.min(lowest, price);
            highest = Math.max(highest, price);
        }
        assertThat(sum / steps).as("mean").isCloseTo(17_500, within(17_500 * 0.01));
        assertThat(highest - lowest).as("range").isBetween(17_500 * 0.05, 17_500 * 0.19);
    }

    @Test
    void movesByItsVolatilityInAnHour() {
        Instrument instrument = Views.instrument(17_500, 50, 1);
        PriceWalk walk = PriceWalk.of(new WalkSettings(100.0, Duration.days(1000)), SECOND);
        double squares = 0;
        int hours = 200;
        for (int hour = 0; hour < hours; hour++) {
            double price = 17_500;
            for (int second = 0; second < 3600; second++) {
                price = walk.next(
                        price,
                        instrument,
                        Dice.of(hour, "maker", "AAPL", second).nextGaussian());
            }
            squares += Math.pow(price / 17_500 - 1, 2);
        }
        assertThat(Math.sqrt(squares / hours)).isCloseTo(0.01, within(0.0015));
    }
}
