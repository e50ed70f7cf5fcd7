package com.brokerx.orders.reconciliation;

import com.brokerx.facades.reconciliation.Reconcilable;
import com.brokerx.facades.reconciliation.Report;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.Holds;
import com.brokerx.orders.order.Order;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** What orders may spend, and the trades they made, as portfolios can compare it with reservations and settlements. */
public final class ReconcilableOrders implements Reconcilable {

    private static final Place START = new Place(new UUID(0, 0), new UUID(0, 0));

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final OrdersCheck check;

    public ReconcilableOrders(Jdbi jdbi, Instruments instruments) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.check = new OrdersCheck(jdbi, instruments);
    }

    @Override
    public Report report() {
        return check.run();
    }

    @Override
    public List<Hold> openHolds(Place after, int limit) {
        Place from = after == null ? START : after;
        return toHolds(jdbi.withExtension(
                ReconciliationStore.class, store -> store.open(from.clientId(), from.orderId(), limit)));
    }

    @Override
    public List<Hold> holds(Collection<UUID> orderIds) {
        UUID[] ids = orderIds.toArray(UUID[]::new);
        return toHolds(jdbi.withExtension(ReconciliationStore.class, store -> store.find(ids)));
    }

    private List<Hold> toHolds(List<Order> orders) {
        return orders.stream().map(this::hold).toList();
    }

    private Hold hold(Order order) {
        Instrument instrument = instruments.get(order.symbol());
        return new Hold(
                order.id(),
                order.clientId(),
                Holds.asset(order, instrument),
                order.state().reserveVersion(),
                Holds.amount(order, instrument, Holds.authorized(order, instrument)),
                Holds.amount(order, instrument, Holds.spent(order)),
                order.status().isFinal());
    }

    @Override
    public List<TradeBlock> tradeBlocks(UUID after) {
        return after == null
                ? overTrades(store -> store.tradeBlocks(null))
                : jdbi.withExtension(ReconciliationStore.class, store -> store.tradeBlocks(after));
    }

    @Override
    public List<Trade> trades(TradeBlock block) {
        return overTrades(store -> store.trades(block));
    }

    private <T> List<T> overTrades(Function<ReconciliationStore, List<T>> query) {
        return jdbi.inTransaction(tx -> {
            OrdersCheck.readWholeTables(tx);
            return query.apply(tx.attach(ReconciliationStore.class));
        });
    }
}
