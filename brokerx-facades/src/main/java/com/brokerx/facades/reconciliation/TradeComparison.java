package com.brokerx.facades.reconciliation;

import com.brokerx.facades.reconciliation.Reconcilable.Trade;
import com.brokerx.facades.reconciliation.Reconcilable.TradeBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settled trades against those that were made. Blocks with the same digest are the same; only in the others are trades looked at. */
final class TradeComparison implements Comparison {

    private record BlockKey(String symbol, long number) {
        BlockKey(TradeBlock block) {
            this(block.symbol(), block.number());
        }
    }

    /** As their text is, which is how PostgreSQL sorts them; {@link UUID#compareTo} does it by signed numbers. */
    private static final Comparator<UUID> BY_TEXT = Comparator.comparing(UUID::toString);

    private static final Comparator<BlockKey> IN_ORDER =
            Comparator.comparing(BlockKey::symbol).thenComparing(BlockKey::number);

    private final Reconcilable portfolios;
    private final Reconcilable orders;
    private final UUID after;
    private List<TradeBlock> suspects = List.of();
    private long compared;

    /** @param after only trades with a later id, null for all */
    TradeComparison(Reconcilable portfolios, Reconcilable orders, UUID after) {
        this.portfolios = portfolios;
        this.orders = orders;
        this.after = after;
    }

    @Override
    public String name() {
        return "trades";
    }

    @Override
    public long compared() {
        return compared;
    }

    @Override
    public List<Difference> look() {
        Map<BlockKey, TradeBlock> settled = byKey(portfolios.tradeBlocks(after));
        Map<BlockKey, TradeBlock> made = byKey(orders.tradeBlocks(after));
        compared = made.values().stream().mapToLong(TradeBlock::trades).sum();
        Map<BlockKey, TradeBlock> different = new TreeMap<>(IN_ORDER);
        settled.forEach((key, block) -> different.put(key, block));
        made.forEach((key, block) -> different.merge(key, block, TradeComparison::spanning));
        different.keySet().removeIf(key -> isSame(settled.get(key), made.get(key)));
        suspects = List.copyOf(different.values());
        return lookAgain();
    }

    private static boolean isSame(TradeBlock settled, TradeBlock made) {
        return settled != null
                && made != null
                && settled.trades() == made.trades()
                && settled.digest().equals(made.digest());
    }

    @Override
    public List<Difference> lookAgain() {
        List<Difference> differences = new ArrayList<>();
        List<TradeBlock> still = new ArrayList<>();
        for (TradeBlock block : suspects) {
            List<Difference> found = compare(block);
            if (!found.isEmpty()) {
                differences.addAll(found);
                still.add(block);
            }
        }
        suspects = still;
        return differences;
    }

    private List<Difference> compare(TradeBlock block) {
        Map<UUID, Trade> settled = ById.of(portfolios.trades(block), Trade::id);
        Map<UUID, Trade> made = ById.of(orders.trades(block), Trade::id);
        List<Difference> differences = new ArrayList<>();
        made.forEach((id, trade) -> {
            Trade other = settled.get(id);
            if (other == null) {
                differences.add(difference(trade, "is not settled"));
            } else if (!other.equals(trade)) {
                differences.add(difference(trade, "was made as " + terms(trade) + " and settled as " + terms(other)));
            }
        });
        settled.forEach((id, trade) -> {
            if (!made.containsKey(id)) {
                differences.add(difference(trade, "was settled and never made"));
            }
        });
        return differences;
    }

    private static Difference difference(Trade trade, String text) {
        return new Difference(
                trade.id(), "trade " + trade.id() + " (" + trade.symbol() + " no. " + trade.sequence() + ") " + text);
    }

    private static String terms(Trade trade) {
        return "%d for %s at %s, orders %s and %s, fees %d and %d"
                .formatted(
                        trade.quantity(),
                        trade.total().toPlainString(),
                        trade.price().toPlainString(),
                        trade.buyOrderId(),
                        trade.sellOrderId(),
                        trade.buyFee(),
                        trade.sellFee());
    }

    /** The block as one side has it, with the ids of both. */
    private static TradeBlock spanning(TradeBlock one, TradeBlock other) {
        return new TradeBlock(
                one.symbol(),
                one.number(),
                one.trades(),
                BinaryOperator.minBy(BY_TEXT).apply(one.first(), other.first()),
                BinaryOperator.maxBy(BY_TEXT).apply(one.last(), other.last()),
                one.digest());
    }

    private static Map<BlockKey, TradeBlock> byKey(List<TradeBlock> blocks) {
        return blocks.stream().collect(Collectors.toMap(BlockKey::new, Function.identity()));
    }
}
