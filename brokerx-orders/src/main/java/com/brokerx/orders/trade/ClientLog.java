package com.brokerx.orders.trade;

import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads the clients' event logs for those who follow them. */
public final class ClientLog {

    /**
     * A client's open orders, newest first.
     *
     * @param asOf the last entry of the log that they contain
     */
    public record Open(long asOf, List<Order> orders) {}

    private final Jdbi jdbi;

    public ClientLog(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The log after an entry, in its order. */
    public List<Execution> after(UUID clientId, long sequence, int limit) {
        return jdbi.withHandle(handle -> ExecutionStore.after(handle, clientId, sequence, limit));
    }

    /** How the client's orders stand; they and the place in the log are of the same moment. */
    public Open open(UUID clientId, int limit) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            long asOf = tx.createQuery("SELECT last_sequence FROM client_logs WHERE client_id = :client")
                    .bind("client", clientId)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(0L);
            List<Order> orders = tx.createQuery("""
                            SELECT o.* FROM open_orders p JOIN orders o ON o.id = p.order_id
                            WHERE p.client_id = :client ORDER BY p.order_id DESC LIMIT :limit""")
                    .bind("client", clientId)
                    .bind("limit", limit)
                    .map(new OrderMapper())
                    .list();
            return new Open(asOf, orders);
        });
    }

    /** The numbers of the last entries of these clients' logs; of those who have none, nothing. */
    public Map<UUID, Long> lastEntries(Collection<UUID> clientIds) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT client_id, last_sequence FROM client_logs WHERE client_id = ANY(:clients::uuid[])""")
                .bind("clients", clientIds.toArray(UUID[]::new))
                .reduceRows(new HashMap<>(), (entries, row) -> {
                    entries.put(row.getColumn("client_id", UUID.class), row.getColumn("last_sequence", Long.class));
                    return entries;
                }));
    }
}
