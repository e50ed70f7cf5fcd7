package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.simulation.QuoteLadder.Quote;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the way from the orders that stand to the quotes that are wanted. It asks only for what stands, never for what it did
 * before; so what a crash left in the book, and what others took out of it, need no further thought. What gets out of the way
 * comes first: at no moment would one of the orders meet another.
 */
final class Requoting {

    private final List<Intent> cancels = new ArrayList<>();
    private final List<Intent> retreats = new ArrayList<>();
    private final List<Intent> advances = new ArrayList<>();

    private Requoting() {}

    static List<Intent> intents(List<Quote> wanted, List<OwnOrder> standing) {
        Requoting requoting = new Requoting();
        for (Side side : Side.values()) {
            requoting.requote(
                    wanted.stream().filter(quote -> quote.side() == side).toList(),
                    standing.stream().filter(order -> order.side() == side).toList());
        }
        List<Intent> all = new ArrayList<>(requoting.cancels);
        all.addAll(requoting.retreats);
        all.addAll(requoting.advances);
        return all;
    }

    private void requote(List<Quote> wanted, List<OwnOrder> standing) {
        Map<Long, Quote> missing = new LinkedHashMap<>();
        wanted.forEach(quote -> missing.put(quote.ticks(), quote));
        Deque<OwnOrder> spare = new ArrayDeque<>();
        for (OwnOrder order : standing) {
            Quote quote = missing.get(order.ticks());
            if (quote != null && isEnough(order, quote)) {
                missing.remove(order.ticks());
            } else if (order.filled() == 0) {
                spare.add(order);
            } else {
                cancels.add(new Intent.Cancel(order.id()));
            }
        }
        missing.values().forEach(quote -> fill(quote, spare.poll()));
        spare.forEach(order -> cancels.add(new Intent.Cancel(order.id())));
    }

    private static boolean isEnough(OwnOrder order, Quote quote) {
        return order.leaves() * 2 >= quote.quantity();
    }

    /** @param spare an order that is wanted nowhere else; null where there is none */
    private void fill(Quote quote, OwnOrder spare) {
        if (spare == null) {
            advances.add(new Intent.Place(quote.side(), quote.ticks(), quote.quantity(), TimeInForce.GTC));
            return;
        }
        boolean advances = quote.side() == Side.BUY ? quote.ticks() > spare.ticks() : quote.ticks() < spare.ticks();
        (advances ? this.advances : retreats).add(new Intent.Move(spare.id(), quote.ticks(), quote.quantity()));
    }
}
