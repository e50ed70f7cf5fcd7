package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.book.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** One agent's side of a book, kept in the simplest way: does what it is told and complains where two orders would meet. */
final class StandingOrders {

    private final List<OwnOrder> orders = new ArrayList<>();
    private long ids;

    List<OwnOrder> all() {
        return List.copyOf(orders);
    }

    void carryOut(List<Intent> intents) {
        for (Intent intent : intents) {
            switch (intent) {
                case Intent.Place(var side, long ticks, long quantity, var timeInForce) ->
                    add(new OwnOrder(new UUID(0, ++ids), side, ticks, quantity, 0));
                case Intent.Move(var id, long ticks, long quantity) -> {
                    OwnOrder order = take(id);
                    assertThat(quantity).as("new total of an order").isGreaterThan(order.filled());
                    add(new OwnOrder(id, order.side(), ticks, quantity, order.filled()));
                }
                case Intent.Cancel(var id) -> take(id);
            }
        }
    }

    private void add(OwnOrder order) {
        assertThat(orders)
                .as("orders that %s would trade with", order)
                .noneMatch(other -> other.side() != order.side() && order.side().accepts(order.ticks(), other.ticks()));
        orders.add(order);
    }

    private OwnOrder take(UUID id) {
        OwnOrder order = orders.stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        orders.remove(order);
        return order;
    }

    /** Others trade with the best of the orders: some in part, some whole. */
    void loseSome(RandomGenerator dice) {
        for (Side side : Side.values()) {
            Comparator<OwnOrder> byPrice = Comparator.comparingLong(OwnOrder::ticks);
            List<OwnOrder> best = orders.stream()
                    .filter(order -> order.side() == side)
                    .sorted(side == Side.BUY ? byPrice.reversed() : byPrice)
                    .limit(dice.nextInt(3))
                    .toList();
            for (OwnOrder order : best) {
                orders.remove(order);
                long filled = order.filled() + dice.nextLong(1, order.leaves() + 1);
                if (filled < order.quantity()) {
                    orders.add(new OwnOrder(order.id(), side, order.ticks(), order.quantity(), filled));
                }
            }
        }
    }

    /** Shares that are left, by price: bids below zero. */
    Map<Long, Long> byPrice() {
        Map<Long, Long> leaves = new TreeMap<>();
        orders.forEach(order ->
                leaves.merge(order.side() == Side.BUY ? -order.ticks() : order.ticks(), order.leaves(), Long::sum));
        return leaves;
    }
}
