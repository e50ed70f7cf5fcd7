package com.brokerx.orders.order;

import static com.brokerx.orders.order.Columns.ids;
import static com.brokerx.orders.order.Columns.ints;
import static com.brokerx.orders.order.Columns.longs;
import static com.brokerx.orders.order.Columns.numbers;
import static com.brokerx.orders.order.Columns.texts;
import static com.brokerx.orders.order.Columns.times;

import com.brokerx.commons.database.Pipeline;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table {@code orders}, written many rows at a time. */
public final class OrderStore {

    private static final OrderMapper MAPPER = new OrderMapper();

    private static final String INSERT = """
            INSERT INTO orders (id, client_id, created_at, updated_at, expires_at, limit_ticks, stop_ticks, quantity,
                                request_hash, fee_ppm, lock_version, reserve_version, status, direction, type, post_only,
                                time_in_force, symbol, correlation_id, reject_code, client_order_id, idempotency_key)
            SELECT id, client_id, created_at, created_at, expires_at, limit_ticks, stop_ticks, quantity,
                   request_hash, fee_ppm, lock_version, reserve_version, status::order_status, direction::order_direction,
                   type::order_type, post_only::boolean, time_in_force::time_in_force, symbol, correlation_id, reject_code,
                   client_order_id, idempotency_key
            FROM unnest(:ids::uuid[], :clients::uuid[], :created::timestamptz[], :expires::timestamptz[], :limits::bigint[],
                        :stops::bigint[], :quantities::bigint[], :hashes::bigint[], :fees::integer[], :locks::integer[],
                        :reserves::integer[], :statuses::text[], :directions::text[], :types::text[], :postOnly::text[],
                        :times::text[], :symbols::text[], :correlations::text[], :codes::text[], :clientOrders::text[],
                        :keys::text[])
                 AS o (id, client_id, created_at, expires_at, limit_ticks, stop_ticks, quantity, request_hash, fee_ppm,
                       lock_version, reserve_version, status, direction, type, post_only, time_in_force, symbol,
                       correlation_id, reject_code, client_order_id, idempotency_key)
            ORDER BY client_id, client_order_id, idempotency_key
            ON CONFLICT DO NOTHING
            RETURNING id""";

    private static final String UPDATE = """
            UPDATE orders o
            SET status = u.status::order_status, reject_code = u.reject_code,
                time_in_force = u.time_in_force::time_in_force, limit_ticks = u.limit_ticks, stop_ticks = u.stop_ticks,
                quantity = u.quantity, expires_at = u.expires_at, triggered_at = u.triggered_at, filled = u.filled,
                notional = u.notional, lock_version = u.lock_version, reserve_version = u.reserve_version,
                updated_at = u.updated_at
            FROM unnest(:ids::uuid[], :expected::integer[], :statuses::text[], :codes::text[], :times::text[],
                        :limits::bigint[], :stops::bigint[], :quantities::bigint[], :expires::timestamptz[],
                        :triggered::timestamptz[], :filled::bigint[], :notionals::bigint[], :locks::integer[],
                        :reserves::integer[], :updated::timestamptz[])
                 AS u (id, expected, status, reject_code, time_in_force, limit_ticks, stop_ticks, quantity, expires_at,
                       triggered_at, filled, notional, lock_version, reserve_version, updated_at)
            WHERE o.id = u.id AND o.lock_version = u.expected
            RETURNING o.id""";

    private static final String UPDATE_ALL =
            "WITH updated AS (%s) SELECT expect_rows(count(*), :count) FROM updated".formatted(UPDATE);

    private static final String BY_KEYS = """
            SELECT * FROM orders
            WHERE client_id = :client AND client_order_id = :clientOrder
              AND reject_code IS DISTINCT FROM 'service_unavailable'
            UNION
            SELECT * FROM orders
            WHERE client_id = :client AND idempotency_key = :key
              AND reject_code IS DISTINCT FROM 'service_unavailable'""";

    private OrderStore() {}

    /** Stores new orders and answers with the ids of those whose keys were free. */
    public static Pipeline.Step<UUID> insert(Pipeline pipeline, List<Order> orders) {
        return pipeline.query(INSERT, row -> row.getObject("id", UUID.class))
                .bind("ids", ids(orders, Order::id))
                .bind("clients", ids(orders, Order::clientId))
                .bind("created", times(orders, order -> order.ticket().createdAt()))
                .bind("expires", times(orders, order -> order.terms().expiresAt()))
                .bind("limits", longs(orders, order -> order.terms().limitTicks()))
                .bind("stops", longs(orders, order -> order.terms().stopTicks()))
                .bind("quantities", longs(orders, order -> order.terms().quantity()))
                .bind("hashes", numbers(orders, order -> order.ticket().requestHash()))
                .bind("fees", ints(orders, order -> order.ticket().feePpm()))
                .bind("locks", ints(orders, order -> order.state().lockVersion()))
                .bind("reserves", ints(orders, order -> order.state().reserveVersion()))
                .bind("statuses", texts(orders, order -> order.status().wireName()))
                .bind(
                        "directions",
                        texts(orders, order -> order.ticket().direction().wireName()))
                .bind("types", texts(orders, order -> order.ticket().type().wireName()))
                .bind(
                        "postOnly",
                        texts(orders, order -> Boolean.toString(order.ticket().postOnly())))
                .bind(
                        "times",
                        texts(orders, order -> order.terms().timeInForce().name()))
                .bind("symbols", texts(orders, Order::symbol))
                .bind("correlations", texts(orders, order -> order.ticket().correlationId()))
                .bind("codes", texts(orders, order -> order.state().rejectCode()))
                .bind("clientOrders", texts(orders, order -> order.ticket().clientOrderId()))
                .bind("keys", texts(orders, order -> order.ticket().idempotencyKey()));
    }

    /** An order's new state, and the lock version that it must still have in storage. */
    public record Change(Order order, int expectedLockVersion) {
        private Terms terms() {
            return order.terms();
        }
    }

    /** Stores new states and answers with the ids of those orders that were as expected; the others stay as they are. */
    public static Pipeline.Step<UUID> update(Pipeline pipeline, List<Change> changes) {
        return bind(pipeline.query(UPDATE, row -> row.getObject("id", UUID.class)), changes);
    }

    /** Stores new states; fails as contended ({@code Database.isContended}) unless each of the orders is as expected. */
    public static void updateAll(Pipeline pipeline, List<Change> changes) {
        if (!changes.isEmpty()) {
            bind(pipeline.update(UPDATE_ALL), changes).bind("count", (long) changes.size());
        }
    }

    private static <T> Pipeline.Step<T> bind(Pipeline.Step<T> step, List<Change> changes) {
        return step.bind("ids", ids(changes, change -> change.order().id()))
                .bind("expected", ints(changes, Change::expectedLockVersion))
                .bind(
                        "statuses",
                        texts(changes, change -> change.order().status().wireName()))
                .bind("codes", texts(changes, change -> change.order().state().rejectCode()))
                .bind(
                        "times",
                        texts(changes, change -> change.terms().timeInForce().name()))
                .bind("limits", longs(changes, change -> change.terms().limitTicks()))
                .bind("stops", longs(changes, change -> change.terms().stopTicks()))
                .bind("quantities", longs(changes, change -> change.terms().quantity()))
                .bind("expires", times(changes, change -> change.terms().expiresAt()))
                .bind(
                        "triggered",
                        times(changes, change -> change.order().state().triggeredAt()))
                .bind("filled", longs(changes, change -> change.order().state().filled()))
                .bind(
                        "notionals",
                        longs(changes, change -> change.order().state().notional()))
                .bind("locks", ints(changes, change -> change.order().state().lockVersion()))
                .bind("reserves", ints(changes, change -> change.order().state().reserveVersion()))
                .bind("updated", times(changes, change -> change.order().state().updatedAt()));
    }

    /** The orders that hold one of these keys of the client: two when they belong to different orders. */
    static List<Order> findByKeys(Handle handle, Ticket ticket) {
        return handle.createQuery(BY_KEYS)
                .bind("client", ticket.clientId())
                .bind("clientOrder", ticket.clientOrderId())
                .bind("key", ticket.idempotencyKey())
                .map(MAPPER)
                .list();
    }

    /** How many orders each of the clients has in books; clients without any may be missing. */
    static Map<UUID, Integer> openOrders(Handle handle, Collection<UUID> clientIds) {
        return handle.createQuery("SELECT client_id, open_orders FROM client_logs WHERE client_id = ANY(:ids::uuid[])")
                .bind("ids", clientIds.toArray(UUID[]::new))
                .map((row, context) -> Map.entry(row.getObject("client_id", UUID.class), row.getInt("open_orders")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** A client's orders in books, in the order of ids. */
    static List<Order> open(Handle handle, UUID clientId, Optional<String> symbol, UUID after, int limit) {
        return handle.createQuery("""
                        SELECT o.* FROM open_orders p JOIN orders o ON o.id = p.order_id
                        WHERE p.client_id = :client AND p.order_id > :after
                          AND (:symbol::text IS NULL OR p.symbol = :symbol)
                        ORDER BY p.order_id LIMIT :limit""")
                .bind("client", clientId)
                .bind("after", after)
                .bind("symbol", symbol.orElse(null))
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /**
     * A client's orders in books and those that wait for their funds, of one moment, in the order of ids.
     *
     * @param waitingFrom no order with an id below it waits any more
     * @param after only orders with ids above it
     * @param below only orders with ids below it
     */
    static List<Order> cancellable(
            Handle handle,
            UUID clientId,
            Optional<String> symbol,
            UUID waitingFrom,
            UUID after,
            UUID below,
            int limit) {
        return handle.createQuery("""
                        SELECT o.* FROM (
                          SELECT order_id AS id, symbol FROM open_orders WHERE client_id = :client
                          UNION
                          SELECT id, symbol FROM orders
                          WHERE client_id = :client AND id >= :waitingFrom AND status = 'pending_funds') p
                        JOIN orders o ON o.id = p.id
                        WHERE p.id > :after AND p.id < :below AND (:symbol::text IS NULL OR p.symbol = :symbol)
                        ORDER BY p.id LIMIT :limit""")
                .bind("client", clientId)
                .bind("waitingFrom", waitingFrom)
                .bind("after", after)
                .bind("below", below)
                .bind("symbol", symbol.orElse(null))
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** A client's orders, newest first. */
    static List<Order> list(Handle handle, UUID clientId, OrderFilter filter, UUID before, int limit) {
        return handle.createQuery("""
                        SELECT o.* FROM %s
                        WHERE o.client_id = :client AND o.id < :before %s
                          AND (:status::order_status IS NULL OR o.status = :status::order_status)
                          AND (:symbol::text IS NULL OR o.symbol = :symbol)
                          AND (:clientOrder::text IS NULL OR o.client_order_id = :clientOrder)
                          AND (:updatedAfter::timestamptz IS NULL OR o.updated_at > :updatedAfter::timestamptz)
                        ORDER BY o.id DESC LIMIT :limit""".formatted(sourceFor(filter), keyOnly(filter)))
                .bind("client", clientId)
                .bind("before", before)
                .bind("status", filter.status() == null ? null : filter.status().wireName())
                .bind("symbol", filter.symbol())
                .bind("clientOrder", filter.clientOrderId())
                .bind("updatedAfter", filter.updatedAfter())
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** The few open orders are found among themselves, not among all that a client ever had. */
    private static String sourceFor(OrderFilter filter) {
        return filter.status() != null && filter.status().isOpen()
                ? "open_orders p JOIN orders o ON o.id = p.order_id AND p.client_id = :client"
                : "orders o";
    }

    /** As the index over clients' own ids has it: one that was refused for an outage was never placed. */
    private static String keyOnly(OrderFilter filter) {
        return filter.clientOrderId() == null
                ? ""
                : "AND o.client_order_id = :clientOrder AND o.reject_code IS DISTINCT FROM 'service_unavailable'";
    }

    /** The orders of these symbols that wait for their funds, with ids from one to below another. */
    static List<Order> waiting(Handle handle, Collection<String> symbols, UUID from, UUID below, int limit) {
        return handle.createQuery("""
                        SELECT * FROM orders
                        WHERE id >= :from AND id < :below AND status = 'pending_funds' AND symbol = ANY(:symbols::text[])
                        ORDER BY id LIMIT :limit""")
                .bind("from", from)
                .bind("below", below)
                .bind("symbols", symbols.toArray(String[]::new))
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    public static Map<UUID, Order> findAll(Handle handle, Collection<UUID> orderIds) {
        return handle
                .createQuery("SELECT * FROM orders WHERE id = ANY(:ids::uuid[])")
                .bind("ids", orderIds.toArray(UUID[]::new))
                .map(MAPPER)
                .stream()
                .collect(Collectors.toMap(Order::id, Function.identity()));
    }

    public static Optional<Order> find(Handle handle, UUID orderId) {
        return handle.createQuery("SELECT * FROM orders WHERE id = :id")
                .bind("id", orderId)
                .map(MAPPER)
                .findOne();
    }
}
