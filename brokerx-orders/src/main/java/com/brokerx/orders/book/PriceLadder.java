package com.brokerx.orders.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One side of the book: its price levels from best to worst. */
final class PriceLadder {

    private final Side side;

    /** Keyed so that the best price comes first in natural order: asks by their ticks, bids by their negated ticks. */
    private final TreeMap<Long, PriceLevel> levels = new TreeMap<>();

    private PriceLevel best;

    /** Each price at most once: a level that went and came back since the last look is the same object. */
    private final List<PriceLevel> changed = new ArrayList<>();

    private final Map<Long, PriceLevel> gone = new HashMap<>();
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
        note(level);
    }

    void remove(BookOrder order) {
        PriceLevel level = order.level;
        level.remove(order);
        note(level);
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
            note(order.level);
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

    /** Adds the levels that changed since the last call. */
    void takeChangedLevels(List<LevelChange> sink) {
        for (PriceLevel level : changed) {
            level.changeNoted = false;
            sink.add(new LevelChange(side, level.ticks, level.quantity()));
        }
        changed.clear();
        gone.clear();
    }

    private PriceLevel levelAt(long ticks) {
        if (best != null && best.ticks == ticks) {
            return best;
        }
        PriceLevel level = levels.computeIfAbsent(key(ticks), this::newLevel);
        if (best == null || side.opposite().accepts(best.ticks, ticks)) {
            best = level;
        }
        return level;
    }

    private PriceLevel newLevel(Long key) {
        PriceLevel before = gone.remove(key);
        return before != null ? before : new PriceLevel(Math.abs(key));
    }

    private void drop(PriceLevel level) {
        Long key = key(level.ticks);
        levels.remove(key);
        gone.put(key, level);
        if (level == best) {
            best = levels.isEmpty() ? null : levels.firstEntry().getValue();
        }
    }

    private void note(PriceLevel level) {
        changes++;
        if (!level.changeNoted) {
            level.changeNoted = true;
            changed.add(level);
        }
    }

    private long key(long ticks) {
        return side == Side.BUY ? -ticks : ticks;
    }
}
