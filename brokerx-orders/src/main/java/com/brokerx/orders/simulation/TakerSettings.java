package com.brokerx.orders.simulation;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * How an agent trades against what stands in the book.
 *
 * @param every the mean time between two of its orders in one symbol
 * @param size shares in one order at most
 * @param inventory shares that it goes long, or sells of its stock, at most
 */
record TakerSettings(
        Duration every, @Min(1) Long size, @Min(1) Long inventory) {

    static final TakerSettings DEFAULT = new TakerSettings(null, null, null);

    TakerSettings {
        every = every == null ? Duration.seconds(20) : every;
        size = size == null ? 50L : size;
        inventory = inventory == null ? 2_000L : inventory;
        if (every.toMilliseconds() <= 0) {
            throw new IllegalArgumentException("some time passes between two orders");
        }
    }

    /** How likely it is that an order falls into one step. */
    double chance(Duration interval) {
        return -Math.expm1(-(double) interval.toMilliseconds() / every.toMilliseconds());
    }
}
