package com.brokerx.orders.book;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The open orders and the place of each: in the queue of its price, or among the stop orders. */
final class OpenOrders {

    private final Map<UUID, BookOrder> byId = new HashMap<>();
    private final PriceLadder bids = new PriceLadder(Side.BUY);
    private final PriceLadder asks = new PriceLadder(Side.SELL);
    private final StopOrders stops = new StopOrders();
    private long lastPriority;

    /** Null when no such order is open. */
    BookOrder find(UUID orderId) {
        return byId.get(orderId);
    }

    PriceLadder side(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    StopOrders stops() {
        return stops;
    }

    long lastPriority() {
        return lastPriority;
    }

    void raisePriority(long least) {
        lastPriority = Math.max(lastPriority, least);
    }

    /** Makes the order the last of its queue, for when it is next added. */
    void losePlace(BookOrder order) {
        order.priority = ++lastPriority;
    }

    /** Puts the order in its place, which is the last one unless it has a priority already. */
    void add(BookOrder order) {
        if (order.priority == BookOrder.NO_PRIORITY) {
            losePlace(order);
        }
        byId.put(order.orderId, order);
        if (order.hasStop()) {
            stops.add(order);
        }
        if (!order.isStop()) {
            side(order.side).add(order);
        }
    }

    void remove(BookOrder order) {
        byId.remove(order.orderId);
        if (order.hasStop()) {
            stops.remove(order);
        }
        if (!order.isStop()) {
            side(order.side).remove(order);
        }
    }

    /** Takes quantity from an order, which keeps its place while anything is left. */
    void reduce(BookOrder order, long by) {
        if (order.isStop()) {
            order.leaves -= by;
        } else {
            side(order.side).reduce(order, by);
        }
        if (order.leaves == 0) {
            byId.remove(order.orderId);
            if (order.hasStop()) {
                stops.remove(order);
            }
        }
    }

    /**
     * The order that a trade woke and that is next to enter the market, taken out of its place; null when there is none. One that
     * the order which woke it filled where it rested is not among them.
     */
    BookOrder pollTriggered() {
        BookOrder order = stops.pollTriggered();
        while (order != null && order.leaves == 0) {
            order = stops.pollTriggered();
        }
        if (order != null) {
            byId.remove(order.orderId);
            if (order.isLinked()) {
                side(order.side).remove(order);
            }
            order.wake();
        }
        return order;
    }

    /** Whether an order with this limit would trade at once. */
    boolean crosses(Side side, long limitTicks) {
        PriceLevel best = side(side.opposite()).best();
        return best != null && side.accepts(limitTicks, best.ticks);
    }

    List<RestingOrder> byPriority() {
        return byId.values().stream()
                .map(BookOrder::toRestingOrder)
                .sorted(Comparator.comparingLong(RestingOrder::priority))
                .toList();
    }
}
