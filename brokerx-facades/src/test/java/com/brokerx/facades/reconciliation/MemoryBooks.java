package com.brokerx.facades.reconciliation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** One side's books, and what becomes of them while they are looked at. */
final class MemoryBooks implements Reconcilable {

    private final TreeMap<String, Hold> holds = new TreeMap<>();
    private final TreeMap<String, Trade> trades = new TreeMap<>();
    private int looks;
    private final Map<Integer, Runnable> changes = new HashMap<>();
    private int tradesRead;

    void put(Hold hold) {
        holds.put(hold.orderId().toString(), hold);
    }

    void put(Trade trade) {
        trades.put(trade.id().toString(), trade);
    }

    /** Makes something happen before trades are read for the so-manieth time. */
    void atLook(int number, Runnable what) {
        changes.put(number, what);
    }

    int tradesRead() {
        return tradesRead;
    }

    @Override
    public Report report() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Hold> openHolds(Place after, int limit) {
        return holds.tailMap(after == null ? "" : after.orderId().toString(), false).values().stream()
                .filter(hold -> !hold.isEnded())
                .limit(limit)
                .toList();
    }

    @Override
    public List<Hold> holds(Collection<UUID> orderIds) {
        return orderIds.stream()
                .map(id -> holds.get(id.toString()))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<TradeBlock> tradeBlocks(UUID after) {
        return trades.tailMap(Objects.toString(after, ""), false).values().stream()
                .collect(Collectors.groupingBy(trade -> (trade.sequence() - 1) / 1000))
                .entrySet()
                .stream()
                .map(block -> new TradeBlock(
                        "AAPL",
                        block.getKey(),
                        block.getValue().size(),
                        block.getValue().getFirst().id(),
                        block.getValue().getLast().id(),
                        Integer.toHexString(block.getValue().hashCode())))
                .toList();
    }

    @Override
    public List<Trade> trades(TradeBlock block) {
        changes.getOrDefault(++looks, () -> {}).run();
        List<Trade> found =
                trades.subMap(block.first().toString(), true, block.last().toString(), true).values().stream()
                        .filter(trade -> (trade.sequence() - 1) / 1000 == block.number())
                        .toList();
        tradesRead += found.size();
        return found;
    }
}
