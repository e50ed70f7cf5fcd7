package com.brokerx.orders.trade;

import static com.brokerx.orders.order.Columns.ids;
import static com.brokerx.orders.order.Columns.ints;
import static com.brokerx.orders.order.Columns.longs;
import static com.brokerx.orders.order.Columns.numbers;
import static com.brokerx.orders.order.Columns.texts;
import static com.brokerx.orders.order.Columns.times;

import com.brokerx.commons.database.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Adds to the clients' event logs. The rows of {@code client_logs} are locked in the order of client ids until the transaction ends;
 * so numbers are given without a gap, become visible in their order, and two writers cannot wait for each other.
 */
public final class ExecutionLog {

    private static final String NUMBER = """
            INSERT INTO client_logs AS log (client_id, last_sequence, open_orders)
            SELECT client_id, entries, opened FROM unnest(:clients::uuid[], :entries::bigint[], :opened::integer[])
                AS c (client_id, entries, opened)
            ORDER BY client_id
            ON CONFLICT (client_id) DO UPDATE
            SET last_sequence = log.last_sequence + excluded.last_sequence,
                open_orders = log.open_orders + excluded.open_orders
            RETURNING client_id, last_sequence""";

    private static final String INSERT = """
            INSERT INTO executions (client_id, client_sequence, id, order_id, trade_id, created_at, limit_ticks, stop_ticks,
                                    quantity, expires_at, filled, notional, last_quantity, last_ticks, fee, lock_version,
                                    report_type, status, time_in_force, maker, reject_code, text)
            SELECT client_id, client_sequence, id, order_id, trade_id, created_at, limit_ticks, stop_ticks, quantity,
                   expires_at, filled, notional, last_quantity, last_ticks, fee, lock_version, report_type::report_type,
                   status::order_status, time_in_force::time_in_force, maker::boolean, reject_code, text
            FROM unnest(:clients::uuid[], :sequences::bigint[], :ids::uuid[], :orders::uuid[], :trades::uuid[],
                        :created::timestamptz[], :limits::bigint[], :stops::bigint[], :quantities::bigint[],
                        :expires::timestamptz[], :filled::bigint[], :notionals::bigint[], :lastQuantities::bigint[],
                        :lastTicks::bigint[], :fees::bigint[], :locks::integer[], :types::text[], :statuses::text[],
                        :times::text[], :makers::text[], :codes::text[], :texts::text[])
                 AS e (client_id, client_sequence, id, order_id, trade_id, created_at, limit_ticks, stop_ticks, quantity,
                       expires_at, filled, notional, last_quantity, last_ticks, fee, lock_version, report_type, status,
                       time_in_force, maker, reject_code, text)""";

    private ExecutionLog() {}

    /**
     * Locks the clients' logs before anything else of theirs is changed, as every writer does; for those who only know afterwards
     * what there is to append.
     */
    public static void lock(Handle transaction, Collection<UUID> clientIds) {
        transaction
                .createQuery("""
                        SELECT client_id FROM client_logs WHERE client_id = ANY(:ids::uuid[])
                        ORDER BY client_id FOR UPDATE""")
                .bind("ids", clientIds.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list();
    }

    /**
     * Appends entries, each client's in their order, and returns them with their numbers.
     *
     * @param opened by how much the number of orders that a client has in books changes
     */
    public static List<Execution> append(Handle transaction, List<Execution> entries, Map<UUID, Integer> opened) {
        Pipeline pipeline = new Pipeline(transaction);
        Numbers numbers = number(pipeline, entries, opened);
        pipeline.run();
        List<Execution> numbered = numbers.given();
        insert(pipeline, numbered);
        pipeline.run();
        return numbered;
    }

    /** The numbers of entries that are to be inserted; given when the pipeline has run. */
    public static final class Numbers {
        private final List<Execution> entries;
        private final Map<UUID, Long> counts;
        private final List<Map.Entry<UUID, Long>> last;

        private Numbers(List<Execution> entries, Map<UUID, Long> counts, List<Map.Entry<UUID, Long>> last) {
            this.entries = entries;
            this.counts = counts;
            this.last = last;
        }

        /** The entries with their numbers, each client's in their order. */
        public List<Execution> given() {
            Map<UUID, Long> next = new HashMap<>();
            last.forEach(row -> next.put(row.getKey(), row.getValue() - counts.get(row.getKey()) + 1));
            List<Execution> numbered = new ArrayList<>(entries.size());
            for (Execution entry : entries) {
                long number = next.merge(entry.order().clientId(), 1L, Long::sum) - 1;
                numbered.add(entry.numbered(number));
            }
            return numbered;
        }
    }

    /** As {@link #append}, its first half: locks the logs and takes the numbers. */
    public static Numbers number(Pipeline pipeline, List<Execution> entries, Map<UUID, Integer> opened) {
        if (entries.isEmpty()) {
            return new Numbers(entries, Map.of(), List.of());
        }
        Map<UUID, Long> counts = new TreeMap<>();
        entries.forEach(entry -> counts.merge(entry.order().clientId(), 1L, Long::sum));
        List<UUID> clients = List.copyOf(counts.keySet());
        var last = pipeline.query(
                        NUMBER, row -> Map.entry(row.getObject("client_id", UUID.class), row.getLong("last_sequence")))
                .bind("clients", ids(clients, Function.identity()))
                .bind("entries", longs(clients, counts::get))
                .bind("opened", ints(clients, client -> opened.getOrDefault(client, 0)));
        return new Numbers(entries, counts, last.rows());
    }

    /** As {@link #append}, its second half. */
    public static void insert(Pipeline pipeline, List<Execution> rows) {
        if (rows.isEmpty()) {
            return;
        }
        pipeline.update(INSERT)
                .bind("clients", ids(rows, row -> row.order().clientId()))
                .bind("sequences", longs(rows, Execution::clientSequence))
                .bind("ids", ids(rows, Execution::id))
                .bind("orders", ids(rows, row -> row.order().id()))
                .bind("trades", ids(rows, row -> ofFill(row, Execution.Fill::tradeId)))
                .bind("created", times(rows, Execution::createdAt))
                .bind("limits", longs(rows, row -> row.order().terms().limitTicks()))
                .bind("stops", longs(rows, row -> row.order().terms().stopTicks()))
                .bind("quantities", longs(rows, row -> row.order().terms().quantity()))
                .bind("expires", times(rows, row -> row.order().terms().expiresAt()))
                .bind("filled", longs(rows, row -> row.order().state().filled()))
                .bind("notionals", longs(rows, row -> row.order().state().notional()))
                .bind("lastQuantities", numbers(rows, row -> ofFill(row, Execution.Fill::quantity)))
                .bind("lastTicks", numbers(rows, row -> ofFill(row, Execution.Fill::ticks)))
                .bind("fees", numbers(rows, row -> ofFill(row, Execution.Fill::fee)))
                .bind("locks", ints(rows, row -> row.order().state().lockVersion()))
                .bind("types", texts(rows, row -> row.type().wireName()))
                .bind("statuses", texts(rows, row -> row.order().status().wireName()))
                .bind(
                        "times",
                        texts(rows, row -> row.order().terms().timeInForce().name()))
                .bind("makers", texts(rows, row -> ofFill(row, fill -> Boolean.toString(fill.maker()))))
                .bind("codes", texts(rows, row -> row.order().state().rejectCode()))
                .bind("texts", texts(rows, Execution::text));
    }

    private static <T> T ofFill(Execution row, Function<Execution.Fill, T> part) {
        return row.fill() == null ? null : part.apply(row.fill());
    }
}
