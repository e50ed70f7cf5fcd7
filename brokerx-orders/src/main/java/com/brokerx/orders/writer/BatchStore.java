package com.brokerx.orders.writer;

import static com.brokerx.orders.order.Columns.ids;
import static com.brokerx.orders.order.Columns.longs;
import static com.brokerx.orders.order.Columns.texts;

import com.brokerx.commons.outbox.Outbox;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderStore;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ExecutionLog;
import com.brokerx.orders.trade.TradeStore;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Commits what a batch has changed: leases first, then the clients' logs, then everything else, so that two writers lock rows in the
 * same order.
 */
final class BatchStore {

    private final Leases leases;
    private final Outbox outbox;

    BatchStore(Leases leases, Outbox outbox) {
        this.leases = leases;
        this.outbox = outbox;
    }

    /**
     * @return the executions with their numbers
     * @throws LeaseLostException when another instance has taken over one of the books
     * @throws IllegalStateException when a stored order is not what the books took it for
     */
    List<Execution> store(Handle tx, Batch batch) {
        leases.requireHeld(tx, batch.books());
        List<Execution> executions = List.of();
        if (!batch.executions().isEmpty()) {
            executions = ExecutionLog.append(tx, batch.executions(), batch.openedByClient());
        }
        updateOrders(tx, batch.orderChanges());
        if (!batch.trades().isEmpty()) {
            TradeStore.insert(tx, batch.trades());
        }
        storeBooks(tx, batch);
        HoldStore.settle(tx, batch.holds());
        HoldStore.delete(tx, batch.droppedHolds());
        HoldStore.deleteUndecided(tx, batch.lateHolds());
        outbox.append(tx, batch.events());
        return executions;
    }

    private static void updateOrders(Handle tx, List<OrderStore.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Set<UUID> updated = OrderStore.update(tx, changes);
        if (updated.size() != changes.size()) {
            throw new IllegalStateException(changes.size() - updated.size()
                    + " orders were changed by somebody else; their books are read anew");
        }
    }

    private static void storeBooks(Handle tx, Batch batch) {
        List<Batch.Place> opened = batch.opened();
        if (!opened.isEmpty()) {
            tx.createUpdate("""
                            INSERT INTO open_orders (client_id, order_id, symbol, priority)
                            SELECT * FROM unnest(:clients::uuid[], :orders::uuid[], :symbols::text[], :priorities::bigint[])""")
                    .bind("clients", ids(opened, place -> place.order().clientId()))
                    .bind("orders", ids(opened, place -> place.order().id()))
                    .bind("symbols", texts(opened, place -> place.order().symbol()))
                    .bind("priorities", longs(opened, Batch.Place::priority))
                    .execute();
        }
        List<Batch.Place> moved = batch.moved();
        if (!moved.isEmpty()) {
            tx.createUpdate("""
                            UPDATE open_orders o SET priority = u.priority
                            FROM unnest(:clients::uuid[], :orders::uuid[], :priorities::bigint[])
                                AS u (client_id, order_id, priority)
                            WHERE o.client_id = u.client_id AND o.order_id = u.order_id""")
                    .bind("clients", ids(moved, place -> place.order().clientId()))
                    .bind("orders", ids(moved, place -> place.order().id()))
                    .bind("priorities", longs(moved, Batch.Place::priority))
                    .execute();
        }
        List<Order> closed = batch.closed();
        if (!closed.isEmpty()) {
            tx.createUpdate("""
                            DELETE FROM open_orders o
                            USING unnest(:clients::uuid[], :orders::uuid[]) AS u (client_id, order_id)
                            WHERE o.client_id = u.client_id AND o.order_id = u.order_id""")
                    .bind("clients", ids(closed, Order::clientId))
                    .bind("orders", ids(closed, Order::id))
                    .execute();
        }
    }
}
