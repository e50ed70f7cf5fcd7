package com.brokerx.facades.reconciliation;

import com.brokerx.facades.reconciliation.Reconcilable.Hold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** What is held for open orders: all that they may still spend, and nothing for any other. */
final class HoldComparison implements Comparison {

    private static final int PAGE = 1000;

    private final Reconcilable portfolios;
    private final Reconcilable orders;
    private final Set<UUID> suspects = new LinkedHashSet<>();
    private final int rests;
    private long compared;

    /** @param rests how many times as long as a page has taken it rests before the next one */
    HoldComparison(Reconcilable portfolios, Reconcilable orders, int rests) {
        this.portfolios = portfolios;
        this.orders = orders;
        this.rests = rests;
    }

    @Override
    public String name() {
        return "holds";
    }

    @Override
    public long compared() {
        return compared;
    }

    @Override
    public List<Difference> look() {
        Map<UUID, Hold> reserved = open(portfolios);
        Map<UUID, Hold> open = open(orders);
        Set<UUID> all = new LinkedHashSet<>(reserved.keySet());
        all.addAll(open.keySet());
        compared = all.size();
        suspects.clear();
        for (UUID id : all) {
            if (!reserved.containsKey(id)
                    || !open.containsKey(id)
                    || disagreement(reserved.get(id), open.get(id)).isPresent()) {
                suspects.add(id);
            }
        }
        return lookAgain();
    }

    @Override
    public List<Difference> lookAgain() {
        List<Difference> differences = new ArrayList<>();
        List<UUID> ids = List.copyOf(suspects);
        for (int from = 0; from < ids.size(); from += PAGE) {
            differences.addAll(compare(ids.subList(from, Math.min(ids.size(), from + PAGE))));
        }
        suspects.clear();
        differences.forEach(difference -> suspects.add(difference.id()));
        return differences;
    }

    private List<Difference> compare(List<UUID> ids) {
        Map<UUID, Hold> reserved = ById.of(portfolios.holds(ids), Hold::orderId);
        Map<UUID, Hold> known = ById.of(orders.holds(ids), Hold::orderId);
        List<Difference> differences = new ArrayList<>();
        for (UUID id : ids) {
            disagreement(reserved.get(id), known.get(id)).ifPresent(text -> differences.add(new Difference(id, text)));
        }
        return differences;
    }

    /**
     * @param held what portfolios says, null where it knows nothing
     * @param order what the orders service said a moment later, null where there is no such order
     */
    private static Optional<String> disagreement(Hold held, Hold order) {
        if (held == null) {
            return order == null || order.isEnded()
                    ? Optional.empty()
                    : text(order, "may spend %s and nothing is reserved for it", amount(order));
        }
        if (order == null) {
            return held.isEnded() ? Optional.empty() : text(held, "holds %s and there is no such order", amount(held));
        }
        if (!held.clientId().equals(order.clientId()) || !held.asset().equals(order.asset())) {
            return text(held, "holds %s of another client or asset than the order's", amount(held));
        }
        if (order.closed()) {
            return held.isEnded() ? Optional.empty() : text(held, "has ended and holds %s", amount(held));
        }
        if (held.closed()) {
            return text(order, "is open and its reservation has ended");
        }
        if (held.version() != order.version()) {
            return text(held, "reserved as version %d, the order is at %d", held.version(), order.version());
        }
        return disagreementOnAmounts(held, order);
    }

    /**
     * While trades of the order are under way, less is settled than was spent, and what a better price saved is not free yet; those
     * trades are compared by themselves. With all of them settled, both have to say the same.
     */
    private static Optional<String> disagreementOnAmounts(Hold held, Hold order) {
        int settled = held.settled().compareTo(order.settled());
        int authorized = held.authorized().compareTo(order.authorized());
        boolean right = settled < 0 ? authorized >= 0 : settled == 0 && authorized == 0;
        return right
                ? Optional.empty()
                : text(
                        held,
                        "has %s reserved and %s settled, the order is at %s and %s",
                        held.authorized().toPlainString(),
                        held.settled().toPlainString(),
                        order.authorized().toPlainString(),
                        order.settled().toPlainString());
    }

    private static Optional<String> text(Hold hold, String format, Object... arguments) {
        return Optional.of(
                "order " + hold.orderId() + " of client " + hold.clientId() + " " + format.formatted(arguments));
    }

    private static String amount(Hold hold) {
        return hold.held().toPlainString() + " " + hold.asset();
    }

    private Map<UUID, Hold> open(Reconcilable side) {
        Map<UUID, Hold> all = new LinkedHashMap<>();
        List<Hold> page = page(side, null);
        while (!page.isEmpty()) {
            all.putAll(ById.of(page, Hold::orderId));
            page = page(side, page.getLast().place());
        }
        return all;
    }

    private List<Hold> page(Reconcilable side, Reconcilable.Place after) {
        long started = System.nanoTime();
        List<Hold> page = side.openHolds(after, PAGE);
        LockSupport.parkNanos(rests * (System.nanoTime() - started));
        return page;
    }
}
