package com.brokerx.orders.trade;

import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads the clients' event logs. */
public final class ExecutionStore {

    /**
     * An order is stored as it is now, an entry tells it as it was: triggered from the report that says so on. Times cannot tell, since
     * all reports of one batch have the same.
     */
    private static final String COLUMNS = """
            SELECT o.id, o.client_id, o.symbol, o.direction, o.type, o.post_only, o.fee_ppm, o.client_order_id,
                   o.idempotency_key, o.request_hash, o.correlation_id, o.created_at, o.reserve_version,
                   CASE WHEN o.triggered_at IS NOT NULL AND e.client_sequence >= (
                     SELECT min(t.client_sequence) FROM executions t WHERE t.order_id = o.id AND t.report_type = 'triggered'
                   ) THEN o.triggered_at END AS triggered_at,
                   e.id AS execution_id, e.client_sequence, e.trade_id, e.created_at AS reported_at, e.limit_ticks,
                   e.stop_ticks, e.quantity, e.expires_at, e.filled, e.notional, e.last_quantity, e.last_ticks, e.fee,
                   e.lock_version, e.report_type, e.status, e.time_in_force, e.maker, e.reject_code, e.text
            """;

    private static final String READ = COLUMNS + "FROM executions e JOIN orders o ON o.id = e.order_id\n";

    /** The terms before a replacement are those that the report before it tells. */
    private static final String AMENDMENTS = """
            WITH reports AS (
              SELECT e.*, lag(quantity) OVER told AS before_quantity, lag(limit_ticks) OVER told AS before_limit_ticks,
                     lag(stop_ticks) OVER told AS before_stop_ticks, lag(time_in_force) OVER told AS before_time_in_force,
                     lag(expires_at) OVER told AS before_expires_at
              FROM executions e WHERE order_id = :order
              WINDOW told AS (ORDER BY client_sequence)
            )
            """ + COLUMNS + """
            , before_quantity, before_limit_ticks, before_stop_ticks, before_time_in_force, before_expires_at
            FROM reports e JOIN orders o ON o.id = e.order_id
            WHERE e.report_type = 'replaced' AND e.client_sequence < :sequence
            ORDER BY e.client_sequence DESC LIMIT :limit""";

    private static final RowMapper<Execution> MAPPER = (row, context) -> execution(row);

    private ExecutionStore() {}

    /** A client's log after an entry, in its order. */
    static List<Execution> after(Handle handle, UUID clientId, long sequence, int limit) {
        return handle.createQuery(READ + """
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
        return handle.createQuery(READ + """
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
        return handle.createQuery(READ + """
                        WHERE e.order_id = :order AND e.client_sequence < :sequence
                        ORDER BY e.client_sequence DESC LIMIT :limit""")
                .bind("order", orderId)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** The replacements of one order before an entry, newest first. */
    static List<Amendment> amendments(Handle handle, UUID orderId, long sequence, int limit) {
        return handle.createQuery(AMENDMENTS)
                .bind("order", orderId)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map((row, context) -> new Amendment(execution(row), OrderMapper.terms(row, "before_")))
                .list();
    }

    static Optional<Execution> find(Handle handle, UUID executionId) {
        return handle.createQuery(READ + "WHERE e.id = :id")
                .bind("id", executionId)
                .map(MAPPER)
                .findOne();
    }

    /** A client's side of a trade: one execution, since nobody trades with himself. */
    static Optional<Execution> ofTrade(Handle handle, UUID orderId, UUID tradeId) {
        return handle.createQuery(READ + "WHERE e.order_id = :order AND e.trade_id = :trade")
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
        return new Execution(
                row.getObject("execution_id", UUID.class),
                row.getLong("client_sequence"),
                new Order(OrderMapper.ticket(row), OrderMapper.state(row, "reported_at")),
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
