package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A client of the simulated market: its way of trading, and what it remembers of each symbol. Used by one thread. */
final class Participant<S> {

    private final String name;
    private final UUID clientId;
    private final Agent<S> agent;
    /** The decisions that it has made in each symbol, however many of its steps were left out. */
    private final Map<String, Long> decisions = new HashMap<>();

    private final Map<String, S> states = new HashMap<>();
    private final Map<String, Long> inventory = new HashMap<>();

    Participant(String name, UUID clientId, Agent<S> agent) {
        this.name = name;
        this.clientId = clientId;
        this.agent = agent;
    }

    String name() {
        return name;
    }

    UUID clientId() {
        return clientId;
    }

    /** The shares of a symbol that it has bought since it came, less those that it has sold. */
    long inventory(String symbol) {
        return inventory.getOrDefault(symbol, 0L);
    }

    /**
     * What it does at its next step in the symbol. Its dice are counted by its decisions there; so these depend on the seed and on what it
     * saw of the market alone, not on when there was a book, nor on what did not answer.
     */
    List<Intent> decide(MarketView view, long seed) {
        String symbol = view.instrument().symbol();
        S state = states.computeIfAbsent(symbol, unknown -> agent.begin(view));
        Agent.Decision<S> decision =
                agent.decide(state, view, Dice.of(seed, name, symbol, decisions.getOrDefault(symbol, 0L)));
        states.put(symbol, decision.next());
        decisions.merge(symbol, 1L, Long::sum);
        return decision.intents();
    }

    void traded(String symbol, Side side, long quantity) {
        inventory.merge(symbol, side == Side.BUY ? quantity : -quantity, Long::sum);
    }

    /** Comes anew: after another instance has simulated, the market stands where it has left it. Its dice go on. */
    void forget() {
        states.clear();
        inventory.clear();
    }
}
