package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads rows of the table {@code orders}. */
public final class OrderMapper implements RowMapper<Order> {

    @Override
    public Order map(ResultSet row, StatementContext context) throws SQLException {
        return new Order(ticket(row), state(row, "updated_at"));
    }

    /** The part that never changes. */
    public static Ticket ticket(ResultSet row) throws SQLException {
        long hash = row.getLong("request_hash");
        Long requestHash = row.wasNull() ? null : hash;
        return new Ticket(
                row.getObject("id", UUID.class),
                row.getObject("client_id", UUID.class),
                row.getString("symbol"),
                Direction.of(row.getString("direction")),
                OrderType.of(row.getString("type")),
                row.getBoolean("post_only"),
                row.getInt("fee_ppm"),
                row.getString("client_order_id"),
                row.getString("idempotency_key"),
                requestHash,
                row.getString("correlation_id"),
                instant(row, "created_at"));
    }

    /**
     * How the order stood.
     *
     * @param at the column that says when
     */
    public static OrderState state(ResultSet row, String at) throws SQLException {
        return new OrderState(
                OrderStatus.of(row.getString("status")),
                row.getString("reject_code"),
                terms(row, ""),
                instant(row, "triggered_at"),
                row.getLong("filled"),
                row.getLong("notional"),
                row.getInt("lock_version"),
                row.getInt("reserve_version"),
                instant(row, at));
    }

    /** @param prefix of the names of the columns */
    public static Terms terms(ResultSet row, String prefix) throws SQLException {
        return new Terms(
                row.getLong(prefix + "quantity"),
                row.getLong(prefix + "limit_ticks"),
                row.getLong(prefix + "stop_ticks"),
                TimeInForce.valueOf(row.getString(prefix + "time_in_force")),
                instant(row, prefix + "expires_at"));
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
