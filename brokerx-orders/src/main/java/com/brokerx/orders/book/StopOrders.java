package com.brokerx.orders.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;

/** The orders that wait for their stop price, and those that a trade has woken and that have yet to enter the market. */
final class StopOrders {

    private static final Comparator<BookOrder> BY_STOP = Comparator.comparingLong(order -> order.stopTicks);
    private static final Comparator<BookOrder> BY_ARRIVAL = Comparator.comparingLong(order -> order.priority);

    /** Each side with the order that wakes next in front: as prices rise the lowest buy stop, as they fall the highest sell stop. */
    private final NavigableSet<BookOrder> buys = new TreeSet<>(BY_STOP.thenComparing(BY_ARRIVAL));

    private final NavigableSet<BookOrder> sells =
            new TreeSet<>(BY_STOP.reversed().thenComparing(BY_ARRIVAL));

    private final Queue<BookOrder> triggered = new ArrayDeque<>();

    void add(BookOrder order) {
        waiting(order.side).add(order);
    }

    void remove(BookOrder order) {
        waiting(order.side).remove(order);
    }

    /** Wakes the orders that this trade reaches. They queue behind those woken by earlier trades, in order of their arrival. */
    void onTrade(long tradeTicks) {
        List<BookOrder> reached = new ArrayList<>();
        collectReached(buys, tradeTicks, reached);
        collectReached(sells, tradeTicks, reached);
        reached.sort(BY_ARRIVAL);
        triggered.addAll(reached);
    }

    /** The next woken order, which is no longer among the stop orders; null when there is none. */
    BookOrder pollTriggered() {
        return triggered.poll();
    }

    private static void collectReached(NavigableSet<BookOrder> waiting, long tradeTicks, List<BookOrder> reached) {
        while (!waiting.isEmpty() && waiting.first().isTriggeredBy(tradeTicks)) {
            reached.add(waiting.pollFirst());
        }
    }

    private NavigableSet<BookOrder> waiting(Side side) {
        return side == Side.BUY ? buys : sells;
    }
}
