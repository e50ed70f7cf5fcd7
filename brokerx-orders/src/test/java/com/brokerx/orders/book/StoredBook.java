package com.brokerx.orders.book;

import static java.util.Comparator.comparingLong;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The book as somebody knows it who sees commands and events only, such as the one that stores them. */
final class StoredBook {

    private final Map<UUID, ReferenceOrder> orders = new HashMap<>();
    private long lastTicks;
    private long trades;
    private long priorities;

    void onCommand(BookCommand command) {
        if (command instanceof BookCommand.Place place) {
            orders.putIfAbsent(place.orderId(), new ReferenceOrder(place));
        }
    }

    void onEvent(BookEvent event) {
        switch (event) {
            case BookEvent.Rested rested -> place(rested.orderId(), rested.leaves(), rested.priority());
            case BookEvent.StopArmed armed -> place(armed.orderId(), armed.leaves(), armed.priority());
            case BookEvent.Triggered triggered -> order(triggered.orderId()).wake();
            case BookEvent.Traded trade -> {
                lastTicks = trade.priceTicks();
                trades = trade.tradeSequence();
                leave(trade.makerOrderId(), trade.makerLeaves());
                leave(trade.takerOrderId(), trade.takerLeaves());
            }
            case BookEvent.SelfTradePrevented prevented -> {}
            case BookEvent.Cancelled cancelled -> orders.remove(cancelled.orderId());
            case BookEvent.Expired expired -> orders.remove(expired.orderId());
            case BookEvent.Replaced replaced -> {
                ReferenceOrder order = order(replaced.orderId());
                order.total = replaced.totalQuantity();
                order.limitTicks = replaced.limitTicks();
                order.timeInForce = replaced.timeInForce();
                order.stopTicks = replaced.stopTicks();
                place(replaced.orderId(), replaced.leaves(), replaced.priority());
            }
            case BookEvent.Refused refused -> {
                if (orders.containsKey(refused.orderId()) && order(refused.orderId()).priority == 0) {
                    orders.remove(refused.orderId());
                }
            }
        }
    }

    ReferenceOrder order(UUID orderId) {
        return orders.get(orderId);
    }

    Stream<ReferenceOrder> open() {
        return orders.values().stream();
    }

    BookState state(long sequence) {
        List<RestingOrder> open = open().sorted(comparingLong(order -> order.priority))
                .map(ReferenceOrder::toRestingOrder)
                .toList();
        return new BookState(open, lastTicks, trades, priorities, sequence);
    }

    private void place(UUID orderId, long leaves, long priority) {
        ReferenceOrder order = order(orderId);
        order.leaves = leaves;
        order.priority = priority;
        priorities = Math.max(priorities, priority);
    }

    private void leave(UUID orderId, long leaves) {
        if (leaves == 0) {
            orders.remove(orderId);
        } else {
            order(orderId).leaves = leaves;
        }
    }
}
