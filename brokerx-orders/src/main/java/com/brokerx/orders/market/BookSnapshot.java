package com.brokerx.orders.market;

import com.brokerx.orders.book.Depth;
import com.brokerx.orders.book.DepthLevel;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A symbol's book and statistics as they were committed; never changes.
 *
 * @param depth the best levels of both sides
 * @param at when the book last changed
 */
public record BookSnapshot(String symbol, Depth depth, DayStatistics statistics, Instant at) {

    public OptionalLong bestBid() {
        return best(depth.bids());
    }

    public OptionalLong bestAsk() {
        return best(depth.asks());
    }

    private static OptionalLong best(List<DepthLevel> levels) {
        return levels.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(levels.getFirst().ticks());
    }
}
