package com.brokerx.orders.market;

import com.brokerx.commons.batch.Listeners;
import com.brokerx.orders.trade.Trade;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the writer shows the books that this instance owns. Readers take what was last committed and never make the writer wait.
 */
public final class MarketBoard {

    /** Hears of what was committed, on the thread that did; it has to be quick. */
    public interface Listener {

        void shown(BookSnapshot book);

        /** @param trades of one or more symbols, each symbol's oldest first */
        void traded(List<Trade> trades);
    }

    private final Map<String, BookSnapshot> shown = new ConcurrentHashMap<>();
    private final AtomicLong openOrders = new AtomicLong();
    private final Listeners<Listener> listeners = new Listeners<>();

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public void show(BookSnapshot snapshot) {
        BookSnapshot before = shown.put(snapshot.symbol(), snapshot);
        openOrders.addAndGet(snapshot.openOrders() - openOrdersOf(before));
        listeners.tell(listener -> listener.shown(snapshot));
    }

    public void traded(List<Trade> trades) {
        if (!trades.isEmpty()) {
            listeners.tell(listener -> listener.traded(trades));
        }
    }

    /** This instance no longer owns the book. */
    public void takeDown(String symbol) {
        openOrders.addAndGet(-openOrdersOf(shown.remove(symbol)));
    }

    private static long openOrdersOf(BookSnapshot book) {
        return book == null ? 0 : book.openOrders();
    }

    /** Orders in all books that this instance owns. */
    long openOrders() {
        return openOrders.get();
    }

    /** All books that this instance owns. */
    public Collection<BookSnapshot> all() {
        return List.copyOf(shown.values());
    }

    public Optional<BookSnapshot> find(String symbol) {
        return Optional.ofNullable(shown.get(symbol));
    }
}
