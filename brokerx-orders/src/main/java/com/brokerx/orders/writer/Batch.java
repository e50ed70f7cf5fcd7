package com.brokerx.orders.writer;

import com.brokerx.commons.outbox.Outbox;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderStore;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.Trade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the commands of one batch have changed, on its way to being committed. */
final class Batch {

    /** An order that changed: as it is stored, and as it is to be stored. */
    private static final class Touched {
        private final Order stored;
        private Order latest;
        private long priority;

        Touched(Order stored) {
            this.stored = stored;
            this.latest = stored;
        }
    }

    /** An order that now has this place in its book. */
    record Place(Order order, long priority) {}

    private final Instant now;
    private final Set<SymbolBook> books = new LinkedHashSet<>();
    private final Map<UUID, Touched> orders = new LinkedHashMap<>();
    private final List<Execution> executions = new ArrayList<>();
    private final List<Trade> trades = new ArrayList<>();
    private final List<Outbox.Entry> events = new ArrayList<>();
    private final List<HoldChange> holds = new ArrayList<>();
    private final List<HoldChange> droppedHolds = new ArrayList<>();
    private final List<HoldChange> lateHolds = new ArrayList<>();
    private int expired;

    Batch(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** To be called before a book is changed, or answered from. */
    void touch(SymbolBook book) {
        books.add(book);
    }

    /** The order as this batch has left it; null where it has not changed it. */
    Order latest(UUID orderId) {
        Touched touched = orders.get(orderId);
        return touched == null ? null : touched.latest;
    }

    void change(Order before, Order after) {
        orders.computeIfAbsent(after.id(), id -> new Touched(before)).latest = after;
    }

    void place(Order order, long priority) {
        orders.computeIfAbsent(order.id(), id -> new Touched(order)).priority = priority;
    }

    void add(Execution execution) {
        executions.add(execution);
    }

    void add(Trade trade) {
        trades.add(trade);
    }

    void add(DomainEvent event, Order cause) {
        events.add(new Outbox.Entry(event, cause.ticket().correlationId()));
    }

    void setHold(HoldChange change) {
        holds.add(change);
    }

    void dropHold(HoldChange change) {
        droppedHolds.add(change);
    }

    /** The change came too late, or was begun by somebody who did not know the order's latest state. */
    void dropIfUndecided(HoldChange change) {
        lateHolds.add(change);
    }

    void addExpired(int orders) {
        expired += orders;
    }

    /** How many orders have expired in this batch. */
    int expired() {
        return expired;
    }

    boolean isEmpty() {
        return orders.isEmpty() && holds.isEmpty() && droppedHolds.isEmpty() && lateHolds.isEmpty();
    }

    Collection<SymbolBook> books() {
        return books;
    }

    List<OrderStore.Change> orderChanges() {
        return orders.values().stream()
                .filter(touched -> !touched.latest.equals(touched.stored))
                .map(touched -> new OrderStore.Change(
                        touched.latest, touched.stored.state().lockVersion()))
                .toList();
    }

    /** Orders that came into their books. */
    List<Place> opened() {
        return orders.values().stream()
                .filter(touched -> !isOpen(touched.stored) && isOpen(touched.latest))
                .map(touched -> new Place(touched.latest, touched.priority))
                .toList();
    }

    /** Orders that stay in their books at another place. */
    List<Place> moved() {
        return orders.values().stream()
                .filter(touched -> isOpen(touched.stored) && isOpen(touched.latest) && touched.priority > 0)
                .map(touched -> new Place(touched.latest, touched.priority))
                .toList();
    }

    /** Orders that left their books. */
    List<Order> closed() {
        return orders.values().stream()
                .filter(touched -> isOpen(touched.stored) && !isOpen(touched.latest))
                .map(touched -> touched.latest)
                .toList();
    }

    /** By how much the number of each client's orders in books changes. */
    Map<UUID, Integer> openedByClient() {
        Map<UUID, Integer> opened = new HashMap<>();
        for (Touched touched : orders.values()) {
            int change = (isOpen(touched.latest) ? 1 : 0) - (isOpen(touched.stored) ? 1 : 0);
            if (change != 0) {
                opened.merge(touched.latest.clientId(), change, Integer::sum);
            }
        }
        return opened;
    }

    List<Execution> executions() {
        return executions;
    }

    List<Trade> trades() {
        return trades;
    }

    List<Outbox.Entry> events() {
        return events;
    }

    List<HoldChange> holds() {
        return holds;
    }

    List<HoldChange> lateHolds() {
        return lateHolds;
    }

    List<HoldChange> droppedHolds() {
        return droppedHolds;
    }

    private static boolean isOpen(Order order) {
        return order.status().isOpen();
    }
}
