package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Buys and sells for no reason that the market knows, the more readily the one the more it has done of the other. */
final class NoiseTrader implements Agent<NoiseTrader.State> {

    /** It remembers nothing. */
    record State() {}

    private final TakerSettings settings;
    private final double chance;

    NoiseTrader(TakerSettings settings, Duration interval) {
        this.settings = settings;
        this.chance = settings.chance(interval);
    }

    @Override
    public State begin(MarketView view) {
        return new State();
    }

    @Override
    public Decision<State> decide(State state, MarketView view, RandomGenerator dice) {
        if (dice.nextDouble() >= chance) {
            return new Decision<>(state, List.of());
        }
        double leaning = Math.clamp((double) view.inventory() / settings.inventory(), -1, 1);
        Side side = dice.nextDouble() * 2 - 1 >= leaning ? Side.BUY : Side.SELL;
        return new Decision<>(state, Taking.of(side, view, settings, dice));
    }
}
