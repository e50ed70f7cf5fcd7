package com.brokerx.orders.book;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** One side of the book: its price levels from best to worst. */
final class PriceLadder {

    private final Side side;

    /** Keyed so that the best price comes first in natural order: asks by their ticks, bids by their negated ticks. */
    private final TreeMap<Long, PriceLevel> levels = new TreeMap<>();

    private PriceLevel best;

    private long changes;

    PriceLadder(Side side) {
        this.side = side;
    }

    /** The level of the best price; null when the side is empty. */
    PriceLevel best() {
        return best;
    }

    /** From best to worst. */
    Collection<PriceLevel> levels() {
        return levels.values();
    }

    void add(BookOrder order) {
        PriceLevel level = levelAt(order.limitTicks);
        level.append(order);
        changes++;
    }

    void remove(BookOrder order) {
        PriceLevel level = order.level;
        level.remove(order);
        changes++;
        if (level.isEmpty()) {
            drop(level);
        }
    }

    /** Takes quantity from a resting order, which leaves the queue when nothing is left of it. */
    void reduce(BookOrder order, long by) {
        order.level.reduce(order, by);
        if (order.leaves == 0) {
            remove(order);
        } else {
            changes++;
        }
    }

    List<DepthLevel> depth(int limit) {
        return levels.values().stream()
                .limit(limit)
                .map(PriceLevel::toDepthLevel)
                .toList();
    }

    /** Rises with every change of a level. */
    long changes() {
        return changes;
    }

    private PriceLevel levelAt(long ticks) {
        if (best != null && best.ticks == ticks) {
            return best;
        }
        PriceLevel level = levels.computeIfAbsent(key(ticks), ignored -> new PriceLevel(ticks));
        if (best == null || side.opposite().accepts(best.ticks, ticks)) {
            best = level;
        }
        return level;
    }

    private void drop(PriceLevel level) {
        levels.remove(key(level.ticks));
        if (level == best) {
            best = levels.isEmpty() ? null : levels.firstEntry().getValue();
        }
    }

    private long key(long ticks) {
        return side == Side.BUY ? -ticks : ticks;
    }
}
