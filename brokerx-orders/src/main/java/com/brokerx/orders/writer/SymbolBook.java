package com.brokerx.orders.writer;

import com.brokerx.orders.book.OrderBook;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.DayStatistics;
import com.brokerx.orders.order.Order;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A book that this instance owns, with all that the writer has to know of the orders in it. Touched by the writer's thread only. */
final class SymbolBook {

    private static final int SHOWN_LEVELS = 100;

    private final long epoch;
    private final OrderBook book;
    private final Map<UUID, Order> orders = new HashMap<>();
    private final Map<UUID, Integer> ordersByClient = new HashMap<>();
    private DayStatistics statistics;
    private Instant lastTradeAt;
    /** No order expires before it. */
    private Instant nextExpiry = Instant.MAX;

    /** @param lastTradeAt so that the times of trades never run backwards, whatever the clocks of two owners say */
    SymbolBook(long epoch, OrderBook book, List<Order> open, DayStatistics statistics, Instant lastTradeAt) {
        this.epoch = epoch;
        this.book = book;
        this.statistics = statistics;
        this.lastTradeAt = lastTradeAt;
        open.forEach(this::put);
    }

    String symbol() {
        return book.symbol();
    }

    long epoch() {
        return epoch;
    }

    OrderBook book() {
        return book;
    }

    /** The order if it is in the market; null otherwise. */
    Order find(UUID orderId) {
        return orders.get(orderId);
    }

    void put(Order order) {
        if (orders.put(order.id(), order) == null) {
            ordersByClient.merge(order.clientId(), 1, Integer::sum);
        }
        Instant expiry = order.terms().expiresAt();
        if (expiry != null && expiry.isBefore(nextExpiry)) {
            nextExpiry = expiry;
        }
    }

    void remove(UUID orderId) {
        Order removed = orders.remove(orderId);
        if (removed != null) {
            ordersByClient.computeIfPresent(removed.clientId(), (client, count) -> count == 1 ? null : count - 1);
        }
    }

    int openOrders() {
        return orders.size();
    }

    int openOrdersOf(UUID clientId) {
        return ordersByClient.getOrDefault(clientId, 0);
    }

    /** A time for a trade: now, or that of the last trade if that was later. */
    Instant tradeTime(Instant now) {
        if (now.isAfter(lastTradeAt)) {
            lastTradeAt = now;
        }
        return lastTradeAt;
    }

    void traded(LocalDate day, long ticks, long quantity) {
        statistics = statistics.traded(day, ticks, quantity);
    }

    /** Some of the orders whose time is over. Looks at all orders, but only when one of them may be due. */
    List<Order> due(Instant now, int limit) {
        if (now.isBefore(nextExpiry)) {
            return List.of();
        }
        List<Order> due = orders.values().stream()
                .filter(order -> isDue(order, now))
                .limit(limit)
                .toList();
        if (due.size() < limit) {
            nextExpiry = orders.values().stream()
                    .filter(order -> order.terms().expiresAt() != null && !isDue(order, now))
                    .map(order -> order.terms().expiresAt())
                    .min(Instant::compareTo)
                    .orElse(Instant.MAX);
        }
        return due;
    }

    /** Whether the order's time is over. */
    static boolean isDue(Order order, Instant now) {
        return order.terms().expiresAt() != null && !now.isBefore(order.terms().expiresAt());
    }

    BookSnapshot snapshot(Instant at) {
        return new BookSnapshot(symbol(), epoch, book.depth(SHOWN_LEVELS), orders.size(), statistics, at);
    }
}
