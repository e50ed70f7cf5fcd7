package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A client of the simulated market: its way of trading, and what it remembers of each symbol. Used by one thread. */
final class Participant<S> {

    private final String name;
    private final UUID clientId;
    private final Agent<S> agent;
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

    List<Intent> decide(MarketView view, RandomGenerator dice) {
        String symbol = view.instrument().symbol();
        S state = states.computeIfAbsent(symbol, unknown -> agent.begin(view));
        Agent.Decision<S> decision = agent.decide(state, view, dice);
        states.put(symbol, decision.next());
        return decision.intents();
    }

    void traded(String symbol, Side side, long quantity) {
        inventory.merge(symbol, side == Side.BUY ? quantity : -quantity, Long::sum);
    }

    /** Comes anew: after another instance has simulated, the market stands where it has left it. */
    void forget() {
        states.clear();
        inventory.clear();
    }
}
