package com.brokerx.orders.stream;

import com.brokerx.orders.book.Depth;
import com.brokerx.orders.book.DepthLevel;
import com.brokerx.orders.market.Instrument;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The book of a symbol: the levels that are shown, then those that changed. What changed is found by comparing two states of the
 * book, so a state that never came here leaves no hole.
 */
final class BookChannel extends MarketChannel {

    private final Instrument instrument;
    private Depth depth;
    private long sequence;

    /** Pairs of price and quantity, best first; in an update those that changed, with quantity 0 where a level is gone. */
    record Levels(List<List<Object>> bids, List<List<Object>> asks) {}

    BookChannel(Instrument instrument, StreamMetrics metrics, InstantSource clock) {
        super(new ChannelName(ChannelName.Kind.BOOK, instrument.symbol()), metrics, clock);
        this.instrument = instrument;
    }

    void update(Depth latest, Instant committedAt) {
        Depth before = depth;
        depth = latest;
        if (before == null) {
            begin();
        } else if (!hasReaders()) {
            changeUnseen();
        } else {
            Levels changed = new Levels(
                    changed(before.bids(), latest.bids(), Comparator.reverseOrder()),
                    changed(before.asks(), latest.asks(), Comparator.naturalOrder()));
            if (!changed.bids.isEmpty() || !changed.asks.isEmpty()) {
                sequence++;
                publish(changed, committedAt);
            }
        }
    }

    @Override
    long sequence() {
        return sequence;
    }

    @Override
    Object state() {
        return depth == null ? null : new Levels(levels(depth.bids()), levels(depth.asks()));
    }

    private List<List<Object>> levels(List<DepthLevel> levels) {
        return levels.stream()
                .map(level -> level(level.ticks(), level.quantity()))
                .toList();
    }

    private List<List<Object>> changed(List<DepthLevel> before, List<DepthLevel> after, Comparator<Long> bestFirst) {
        TreeMap<Long, Long> changed = new TreeMap<>(bestFirst);
        after.forEach(level -> changed.put(level.ticks(), level.quantity()));
        for (DepthLevel level : before) {
            Long quantity = changed.putIfAbsent(level.ticks(), 0L);
            if (quantity != null && quantity == level.quantity()) {
                changed.remove(level.ticks());
            }
        }
        List<List<Object>> levels = new ArrayList<>(changed.size());
        changed.forEach((ticks, quantity) -> levels.add(level(ticks, quantity)));
        return levels;
    }

    private List<Object> level(long ticks, long quantity) {
        return List.of(instrument.toPrice(ticks), quantity);
    }
}
