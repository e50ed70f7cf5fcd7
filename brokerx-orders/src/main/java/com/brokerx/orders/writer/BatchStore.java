package com.brokerx.orders.writer;

import static com.brokerx.orders.order.Columns.ids;
import static com.brokerx.orders.order.Columns.longs;
import static com.brokerx.orders.order.Columns.texts;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderStore;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ExecutionLog;
import com.brokerx.orders.trade.TradeStore;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

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
     * @throws OutrunException when another instance has taken over one of the books
     * @throws StatementException as contended ({@code Database.isContended}) when a stored order is not what they took it for
     */
    List<Execution> store(Handle tx, Batch batch) {
        Pipeline pipeline = new Pipeline(tx);
        var locked = leases.lock(pipeline, batch.books());
        var numbers = ExecutionLog.number(pipeline, batch.executions(), batch.openedByClient());
        pipeline.run();
        leases.requireHeld(batch.books(), locked.rows());
        if (batch.isEmpty()) {
            return List.of();
        }

        List<Execution> executions = numbers.given();
        ExecutionLog.insert(pipeline, executions);
        OrderStore.updateAll(pipeline, batch.orderChanges());
        TradeStore.insert(pipeline, batch.trades());
        storeBooks(pipeline, batch);
        HoldStore.settle(pipeline, batch.holds());
        HoldStore.delete(pipeline, batch.droppedHolds());
        HoldStore.deleteUndecided(pipeline, batch.lateHolds());
        outbox.append(pipeline, batch.events());
        pipeline.commit();
        return executions;
    }

    private static void storeBooks(Pipeline pipeline, Batch batch) {
        List<Batch.Place> opened = batch.opened();
        if (!opened.isEmpty()) {
            pipeline.update("""
                            INSERT INTO open_orders (client_id, order_id, symbol, priority)
                            SELECT * FROM unnest(:clients::uuid[], :orders::uuid[], :symbols::text[], :priorities::bigint[])""")
                    .bind("clients", ids(opened, place -> place.order().clientId()))
                    .bind("orders", ids(opened, place -> place.order().id()))
                    .bind("symbols", texts(opened, place -> place.order().symbol()))
                    .bind("priorities", longs(opened, Batch.Place::priority));
        }
        List<Batch.Place> moved = batch.moved();
        if (!moved.isEmpty()) {
            pipeline.update("""
                            UPDATE open_orders o SET priority = u.priority
                            FROM unnest(:clients::uuid[], :orders::uuid[], :priorities::bigint[])
                                AS u (client_id, order_id, priority)
                            WHERE o.client_id = u.client_id AND o.order_id = u.order_id""")
                    .bind("clients", ids(moved, place -> place.order().clientId()))
                    .bind("orders", ids(moved, place -> place.order().id()))
                    .bind("priorities", longs(moved, Batch.Place::priority));
        }
        List<Order> closed = batch.closed();
        if (!closed.isEmpty()) {
            pipeline.update("""
                            DELETE FROM open_orders o
                            USING unnest(:clients::uuid[], :orders::uuid[]) AS u (client_id, order_id)
                            WHERE o.client_id = u.client_id AND o.order_id = u.order_id""").bind("clients", ids(closed, Order::clientId)).bind("orders", ids(closed, Order::id));
        }
    }
}
