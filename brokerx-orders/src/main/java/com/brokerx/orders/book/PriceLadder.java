package com.brokerx.orders.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One side of the book: its price levels from best to worst. */
final class PriceLadder {

    private final Side side;

    /** Keyed so that the best price comes first in natural order: asks by their ticks, bids by their negated ticks. */
    private final TreeMap<Long, PriceLevel> levels = new TreeMap<>();

    private PriceLevel best;

    private final Set<Long> changedKeys = new HashSet<>();
    private boolean touched;

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
        PriceLevel level = order.level;
        level.reduce(order, by);
        if (order.leaves == 0) {
            remove(order);
        } else {
            note(level);
        }
    }

    List<DepthLevel> depth(int limit) {
        return levels.values().stream()
                .limit(limit)
                .map(PriceLevel::toDepthLevel)
                .toList();
    }

    /** Whether any level changed since the last call. */
    boolean takeTouched() {
        boolean result = touched;
        touched = false;
        return result;
    }

    /** The levels that changed since the last call, best price first. */
    List<LevelChange> takeChanges() {
        List<LevelChange> changes = new ArrayList<>(changedKeys.size());
        for (Long key : new TreeSet<>(changedKeys)) {
            PriceLevel level = levels.get(key);
            if (level == null) {
                changes.add(new LevelChange(side, Math.abs(key), 0));
            } else {
                level.changeNoted = false;
                changes.add(new LevelChange(side, level.ticks, level.quantity()));
            }
        }
        changedKeys.clear();
        return changes;
    }

    /** For a ladder that was filled from storage: nothing of that is news. */
    void forgetChanges() {
        takeChanges();
        takeTouched();
    }

    private PriceLevel levelAt(long ticks) {
        if (best != null && best.ticks == ticks) {
            return best;
        }
        PriceLevel level = levels.computeIfAbsent(key(ticks), absent -> new PriceLevel(ticks));
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

    private void note(PriceLevel level) {
        touched = true;
        if (!level.changeNoted) {
            level.changeNoted = true;
            changedKeys.add(key(level.ticks));
        }
    }

    private long key(long ticks) {
        return side == Side.BUY ? -ticks : ticks;
    }
}
