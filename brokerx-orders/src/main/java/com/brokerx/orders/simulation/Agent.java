package com.brokerx.orders.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A way of trading one symbol. Pure: what it does follows from what it is given, so the same seed makes the same market.
 *
 * @param <S> what the agent remembers of a symbol from one step to the next; never changes
 */
interface Agent<S> {

    /** What it knows on coming to the symbol. */
    S begin(MarketView view);

    /** What to do at this step. */
    Decision<S> decide(S state, MarketView view, RandomGenerator dice);

    /** @param intents what to do, in this order */
    record Decision<S>(S next, List<Intent> intents) {}
}
