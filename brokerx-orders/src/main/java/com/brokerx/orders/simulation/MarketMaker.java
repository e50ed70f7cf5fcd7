package com.brokerx.orders.simulation;

import com.brokerx.orders.market.Instrument;
import io.dropwizard.util.Duration;
import java.util.random.RandomGenerator;

/** Quotes both sides around a random walk, so that there is always somebody to trade with. */
final class MarketMaker implements Agent<MarketMaker.State> {

    /**
     * @param fair what the symbol is held to be worth, in ticks
     * @param centre what the quotes stand around, in ticks
     */
    record State(double fair, long centre) {}

    private final MakerSettings settings;
    private final PriceWalk walk;

    MarketMaker(MakerSettings settings, WalkSettings walk, Duration interval) {
        this.settings = settings;
        this.walk = PriceWalk.of(walk, interval);
    }

    /** The walk goes on where the market stands. */
    @Override
    public State begin(MarketView view) {
        Instrument instrument = view.instrument();
        double fair = walk.within(view.lastTicks(), instrument);
        return new State(fair, QuoteLadder.of(settings, instrument).centre(fair));
    }

    @Override
    public Decision<State> decide(State state, MarketView view, RandomGenerator dice) {
        Instrument instrument = view.instrument();
        QuoteLadder ladder = QuoteLadder.of(settings, instrument);
        double fair = walk.next(state.fair(), instrument, dice.nextGaussian());
        long centre = ladder.follow(state.centre(), fair);
        return new Decision<>(new State(fair, centre), Requoting.intents(ladder.around(centre, view), view.own()));
    }
}
