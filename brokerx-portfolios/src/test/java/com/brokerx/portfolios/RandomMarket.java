package com.brokerx.portfolios;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.portfolios.reservation.ReserveOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/**
 * Knows orders as the orders service does: what each may spend and has spent, whatever the ledger has heard of it. All its
 * events wait here until somebody takes some of them to deliver. Safe for many threads.
 */
final class RandomMarket {

    static final String SYMBOL = "AAPL";

    /** An order in the book. */
    private static final class Order {
        private final UUID id = Ids.next();
        private final UUID client;
        private final boolean buy;
        private int version;
        private long limit;
        private long spent;
        /** Being placed or replaced: it does not trade. */
        private boolean busy = true;

        Order(UUID client, boolean buy) {
            this.client = client;
            this.buy = buy;
        }

        String asset() {
            return buy ? "USD" : SYMBOL;
        }
    }

    private final List<Order> open = new ArrayList<>();
    private final List<DomainEvent> underWay = new ArrayList<>();
    private final List<DomainEvent> delivered = new ArrayList<>();
    private long sequence;
    private long traded;

    /** Places an order, and keeps it if {@code reserve} lets it. */
    void place(UUID client, boolean buy, long limit, Function<ReserveOrder, Outcome> reserve) {
        Order order = new Order(client, buy);
        if (reserve(order, limit, reserve)) {
            synchronized (this) {
                open.add(order);
                order.busy = false;
            }
        }
    }

    /** Replaces an order; it keeps its limit where {@code reserve} refuses. */
    void replace(Random random, Function<ReserveOrder, Outcome> reserve) {
        Optional<Order> found = takeOne(random);
        if (found.isEmpty()) {
            return;
        }
        Order order = found.get();
        reserve(order, Math.max(1, order.spent + random.nextInt(200)), reserve);
        synchronized (this) {
            order.busy = false;
        }
    }

    private boolean reserve(Order order, long limit, Function<ReserveOrder, Outcome> reserve) {
        ReserveOrder request = new ReserveOrder(order.client, order.id, order.asset(), limit, order.version + 1);
        Outcome outcome = reserve.apply(request);
        // What a caller does who had no answer.
        Outcome again = reserve.apply(request);
        boolean reserved = outcome instanceof Outcome.Reserved || again instanceof Outcome.Reserved;
        if (reserved) {
            order.version++;
            order.limit = limit;
        }
        return reserved;
    }

    private synchronized Optional<Order> takeOne(Random random) {
        List<Order> idle = open.stream().filter(order -> !order.busy).toList();
        if (idle.isEmpty()) {
            return Optional.empty();
        }
        Order order = idle.get(random.nextInt(idle.size()));
        order.busy = true;
        return Optional.of(order);
    }

    /** Lets a buyer and a seller trade at some price in cents, with fees that the buyer's limit covers. */
    synchronized void trade(Random random) {
        Optional<Order> buyer = pick(random, true, 3);
        Optional<Order> seller = pick(random, false, 1);
        if (buyer.isEmpty() || seller.isEmpty()) {
            return;
        }
        Order buy = buyer.get();
        Order sell = seller.get();
        long room = buy.limit - buy.spent;
        long quantity = 1 + random.nextLong(Math.min(sell.limit - sell.spent, Math.min(room / 2, 20)));
        long price = 1 + random.nextLong(Math.max(1, room / quantity - 1));
        long total = price * quantity;
        long buyFee = random.nextLong(Math.min(3, room - total + 1));
        long sellFee = random.nextLong(Math.min(2, total) + 1);
        buy.spent += total + buyFee;
        buy.limit -= random.nextLong(buy.limit - buy.spent + 1);
        sell.spent += quantity;
        underWay.add(new TradeExecuted(
                Ids.next(),
                SYMBOL,
                ++sequence,
                cents(price),
                quantity,
                cents(total),
                "USD",
                leg(buy, cents(buyFee), fills(random, buy)),
                leg(sell, cents(sellFee), fills(random, sell)),
                Instant.now()));
        traded++;
    }

    /** Whether the trade is the order's last. */
    private boolean fills(Random random, Order order) {
        return random.nextInt(4) == 0 && open.remove(order);
    }

    private Optional<Order> pick(Random random, boolean buy, long atLeast) {
        List<Order> fitting = open.stream()
                .filter(order -> order.buy == buy && !order.busy && order.limit - order.spent >= atLeast)
                .toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(random.nextInt(fitting.size())));
    }

    synchronized void close(Random random) {
        List<Order> idle = open.stream().filter(order -> !order.busy).toList();
        if (!idle.isEmpty()) {
            close(idle.get(random.nextInt(idle.size())));
        }
    }

    synchronized void closeAll() {
        List.copyOf(open).forEach(this::close);
    }

    private void close(Order order) {
        open.remove(order);
        underWay.add(new OrderClosed(
                order.id,
                order.client,
                SYMBOL,
                order.asset(),
                order.buy ? cents(order.spent) : BigDecimal.valueOf(order.spent),
                "cancelled"));
    }

    /** Closes an order that was never reserved. */
    synchronized void closeUnknown(UUID client) {
        underWay.add(new OrderClosed(Ids.next(), client, SYMBOL, "USD", BigDecimal.ZERO, "rejected"));
    }

    /** Some of what is under way, in any order, and now and then something that was delivered before. */
    synchronized List<DomainEvent> take(Random random, int atMost) {
        List<DomainEvent> taken = new ArrayList<>();
        for (int i = 0; i < atMost && !underWay.isEmpty(); i++) {
            taken.add(underWay.remove(random.nextInt(underWay.size())));
        }
        if (!delivered.isEmpty() && random.nextInt(3) == 0) {
            taken.add(delivered.get(random.nextInt(delivered.size())));
        }
        return taken;
    }

    synchronized void done(List<DomainEvent> events) {
        delivered.addAll(events);
    }

    synchronized void giveBack(List<DomainEvent> events) {
        underWay.addAll(events);
    }

    synchronized boolean isQuiet() {
        return underWay.isEmpty();
    }

    /** What a client's open orders may still spend of an asset. */
    synchronized long expectedHold(UUID client, String asset) {
        return open.stream()
                .filter(order -> order.client.equals(client) && order.asset().equals(asset))
                .mapToLong(order -> order.limit - order.spent)
                .sum();
    }

    synchronized long trades() {
        return traded;
    }

    private static TradeExecuted.Leg leg(Order order, BigDecimal fee, boolean filled) {
        return new TradeExecuted.Leg(
                order.id,
                order.client,
                fee,
                order.version,
                order.buy ? cents(order.limit) : BigDecimal.valueOf(order.limit),
                order.buy ? cents(order.spent) : BigDecimal.valueOf(order.spent),
                filled);
    }

    private static BigDecimal cents(long units) {
        return BigDecimal.valueOf(units, 2);
    }
}
