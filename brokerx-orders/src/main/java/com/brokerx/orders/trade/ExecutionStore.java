package com.brokerx.orders.trade;

import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderMapper;
import com.brokerx.orders.order.OrderState;
import com.brokerx.orders.order.OrderStatus;
import com.brokerx.orders.order.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads the clients' event logs. */
public final class ExecutionStore {

    private static final String COLUMNS = """
            SELECT o.id, o.client_id, o.symbol, o.direction, o.type, o.fee_ppm, o.client_order_id, o.idempotency_key,
                   o.request_hash, o.correlation_id, o.created_at, o.expires_at, o.reserve_version,
                   e.id AS execution_id, e.client_sequence, e.trade_id, e.created_at AS reported_at, e.limit_ticks,
                   e.quantity, e.filled, e.notional, e.last_quantity, e.last_ticks, e.fee, e.lock_version, e.report_type,
                   e.status, e.time_in_force, e.maker, e.reject_code, e.text
            FROM executions e JOIN orders o ON o.id = e.order_id
            """;

    private static final RowMapper<Execution> MAPPER = (row, context) -> execution(row);

    private ExecutionStore() {}

    /** A client's log after an entry, in its order. */
    static List<Execution> after(Handle handle, UUID clientId, long sequence, int limit) {
        return handle.createQuery(COLUMNS + """
                        WHERE e.client_id = :client AND e.client_sequence > :sequence
                        ORDER BY e.client_sequence LIMIT :limit""")
                .bind("client", clientId)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** A client's executions before an entry, newest first. */
    static List<Execution> before(Handle handle, UUID clientId, long sequence, boolean fillsOnly, int limit) {
        return handle.createQuery(COLUMNS + """
                        WHERE e.client_id = :client AND e.client_sequence < :sequence %s
                        ORDER BY e.client_sequence DESC LIMIT :limit""".formatted(fillsOnly ? "AND e.trade_id IS NOT NULL" : ""))
                .bind("client", clientId)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** The executions of one order before an entry, newest first. */
    static List<Execution> ofOrder(Handle handle, UUID orderId, long sequence, int limit) {
        return handle.createQuery(COLUMNS + """
                        WHERE e.order_id = :order AND e.client_sequence < :sequence
                        ORDER BY e.client_sequence DESC LIMIT :limit""")
                .bind("order", orderId)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    static Optional<Execution> find(Handle handle, UUID executionId) {
        return handle.createQuery(COLUMNS + "WHERE e.id = :id")
                .bind("id", executionId)
                .map(MAPPER)
                .findOne();
    }

    /** A client's side of a trade: one execution, since nobody trades with himself. */
    static Optional<Execution> ofTrade(Handle handle, UUID orderId, UUID tradeId) {
        return handle.createQuery(COLUMNS + "WHERE e.order_id = :order AND e.trade_id = :trade")
                .bind("order", orderId)
                .bind("trade", tradeId)
                .map(MAPPER)
                .findOne();
    }

    /** What the latest report on an order says in words; null where it says nothing. */
    public static String lastText(Handle handle, UUID orderId) {
        return handle.createQuery("""
                        SELECT text FROM executions WHERE order_id = :order ORDER BY client_sequence DESC LIMIT 1""")
                .bind("order", orderId)
                .map((row, context) -> Optional.ofNullable(row.getString("text")))
                .findOne()
                .flatMap(text -> text)
                .orElse(null);
    }

    private static Execution execution(ResultSet row) throws SQLException {
        Ticket ticket = OrderMapper.ticket(row);
        OrderState state = new OrderState(
                OrderStatus.of(row.getString("status")),
                row.getString("reject_code"),
                TimeInForce.valueOf(row.getString("time_in_force")),
                row.getLong("limit_ticks"),
                row.getLong("quantity"),
                OrderMapper.instant(row, "expires_at"),
                row.getLong("filled"),
                row.getLong("notional"),
                row.getInt("lock_version"),
                row.getInt("reserve_version"),
                OrderMapper.instant(row, "reported_at"));
        return new Execution(
                row.getObject("execution_id", UUID.class),
                row.getLong("client_sequence"),
                new Order(ticket, state),
                ReportType.of(row.getString("report_type")),
                fill(row),
                row.getString("text"),
                OrderMapper.instant(row, "reported_at"));
    }

    private static Execution.Fill fill(ResultSet row) throws SQLException {
        UUID tradeId = row.getObject("trade_id", UUID.class);
        return tradeId == null
                ? null
                : new Execution.Fill(
                        tradeId,
                        row.getLong("last_quantity"),
                        row.getLong("last_ticks"),
                        row.getLong("fee"),
                        row.getBoolean("maker"));
    }
}
