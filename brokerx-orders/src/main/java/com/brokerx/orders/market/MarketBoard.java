package com.brokerx.orders.market;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the writer shows the books that this instance owns. Readers take what was last committed and never make the writer wait.
 */
public final class MarketBoard {

    private final Map<String, BookSnapshot> shown = new ConcurrentHashMap<>();

    public void show(BookSnapshot snapshot) {
        shown.put(snapshot.symbol(), snapshot);
    }

    /** This instance no longer owns the book. */
    public void takeDown(String symbol) {
        shown.remove(symbol);
    }

    public Optional<BookSnapshot> find(String symbol) {
        return Optional.ofNullable(shown.get(symbol));
    }
}
