package com.brokerx.orders.writer;

import static com.brokerx.orders.order.Columns.ids;
import static com.brokerx.orders.order.Columns.ints;
import static com.brokerx.orders.order.Columns.longs;
import static com.brokerx.orders.order.Columns.texts;

import com.brokerx.commons.database.Pipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code hold_changes}. */
public final class HoldStore {

    private static final RowMapper<HoldChange> MAPPER = (row, context) -> new HoldChange(
            row.getObject("id", UUID.class),
            row.getObject("order_id", UUID.class),
            row.getString("symbol"),
            HoldChange.Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
            row.getInt("version"),
            row.getLong("authorized"),
            true);

    private static final String BEGIN = """
            INSERT INTO hold_changes (order_id, id, symbol, stage, version, authorized, created_at)
            SELECT order_id, id, symbol, 'raising', version, authorized, :now
            FROM unnest(:orders::uuid[], :ids::uuid[], :symbols::text[], :versions::integer[], :amounts::bigint[])
                AS c (order_id, id, symbol, version, authorized)
            ORDER BY order_id
            ON CONFLICT (order_id) DO NOTHING RETURNING id""";

    private HoldStore() {}

    /** Begins changes and answers with the ids of those whose orders have no other change under way. */
    public static Pipeline.Step<UUID> begin(Pipeline pipeline, List<HoldChange> changes, Instant now) {
        return pipeline.query(BEGIN, row -> row.getObject("id", UUID.class))
                .bind("orders", ids(changes, HoldChange::orderId))
                .bind("ids", ids(changes, HoldChange::id))
                .bind("symbols", texts(changes, HoldChange::symbol))
                .bind("versions", ints(changes, HoldChange::version))
                .bind("amounts", longs(changes, HoldChange::authorized))
                .bind("now", now);
    }

    static void settle(Pipeline pipeline, List<HoldChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        pipeline.update("""
                        UPDATE hold_changes h SET stage = 'setting', version = u.version, authorized = u.authorized
                        FROM unnest(:ids::uuid[], :orders::uuid[], :versions::integer[], :amounts::bigint[])
                            AS u (id, order_id, version, authorized)
                        WHERE h.order_id = u.order_id AND h.id = u.id""")
                .bind("ids", ids(changes, HoldChange::id))
                .bind("orders", ids(changes, HoldChange::orderId))
                .bind("versions", ints(changes, HoldChange::version))
                .bind("amounts", longs(changes, HoldChange::authorized));
    }

    /** Ends changes, unless they have got a newer version meanwhile. */
    public static void delete(Pipeline pipeline, List<HoldChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        pipeline.update("""
                        DELETE FROM hold_changes h
                        USING unnest(:ids::uuid[], :orders::uuid[], :versions::integer[]) AS u (id, order_id, version)
                        WHERE h.order_id = u.order_id AND h.id = u.id AND h.version = u.version""")
                .bind("ids", ids(changes, HoldChange::id))
                .bind("versions", ints(changes, HoldChange::version))
                .bind("orders", ids(changes, HoldChange::orderId));
    }

    static void deleteUndecided(Pipeline pipeline, List<HoldChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        pipeline.update("""
                        DELETE FROM hold_changes h USING unnest(:ids::uuid[], :orders::uuid[]) AS u (id, order_id)
                        WHERE h.order_id = u.order_id AND h.id = u.id AND h.stage = 'raising'""")
                .bind("ids", ids(changes, HoldChange::id))
                .bind("orders", ids(changes, HoldChange::orderId));
    }

    public static Optional<HoldChange> ofOrder(Handle handle, UUID orderId) {
        return handle.createQuery("SELECT * FROM hold_changes WHERE order_id = :order")
                .bind("order", orderId)
                .map(MAPPER)
                .findOne();
    }

    /** Changes that somebody began before {@code before} and did not end. */
    public static List<HoldChange> leftBehind(Handle handle, Collection<String> symbols, Instant before, int limit) {
        return handle.createQuery("""
                        SELECT * FROM hold_changes WHERE symbol = ANY(:symbols::text[]) AND created_at < :before
                        ORDER BY created_at LIMIT :limit""")
                .bind("symbols", symbols.toArray(String[]::new))
                .bind("before", before)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }
}
