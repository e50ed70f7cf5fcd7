package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Follows the trend: buys what has risen and sells what has fallen, by a fast average of the price against a slow one. */
final class MomentumTrader implements Agent<MomentumTrader.State> {

    private static final Duration FAST = Duration.seconds(30);
    private static final Duration SLOW = Duration.minutes(5);
    /** A trend that is worth following, as a share of the price. */
    private static final double TREND = 0.000_2;

    /** Averages of the price, in ticks. */
    record State(double fast, double slow) {

        private State towards(double price, double fastWeight, double slowWeight) {
            return new State(fast + fastWeight * (price - fast), slow + slowWeight * (price - slow));
        }

        private double trend() {
            return fast / slow - 1;
        }
    }

    private final TakerSettings settings;
    private final double chance;
    private final double fastWeight;
    private final double slowWeight;

    MomentumTrader(TakerSettings settings, Duration interval) {
        this.settings = settings;
        this.chance = settings.chance(interval);
        this.fastWeight = weight(interval, FAST);
        this.slowWeight = weight(interval, SLOW);
    }

    private static double weight(Duration interval, Duration span) {
        return -Math.expm1(-(double) interval.toMilliseconds() / span.toMilliseconds());
    }

    @Override
    public State begin(MarketView view) {
        return new State(view.lastTicks(), view.lastTicks());
    }

    @Override
    public Decision<State> decide(State state, MarketView view, RandomGenerator dice) {
        State next = state.towards(view.middle(), fastWeight, slowWeight);
        boolean acts = Math.abs(next.trend()) >= TREND && dice.nextDouble() < chance;
        Side side = next.trend() > 0 ? Side.BUY : Side.SELL;
        return new Decision<>(next, acts && hasRoom(side, view) ? Taking.of(side, view, settings, dice) : List.of());
    }

    private boolean hasRoom(Side side, MarketView view) {
        return side == Side.BUY ? view.inventory() < settings.inventory() : view.inventory() > -settings.inventory();
    }
}
