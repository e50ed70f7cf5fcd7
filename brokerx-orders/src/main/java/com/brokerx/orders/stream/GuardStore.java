package com.brokerx.orders.stream;

import static com.brokerx.orders.order.Columns.ids;

import com.brokerx.orders.order.OrderMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table {@code disconnect_guards}. */
final class GuardStore {

    private static final String ALL = "";

    /**
     * What a connection's client wants to be done when it is lost.
     *
     * @param symbol only orders of this symbol
     * @param within for how long nothing may be heard of the connection
     */
    record Guard(UUID id, UUID clientId, Optional<String> symbol, Duration within) {}

    /** A guard whose connection was not heard of in time, at {@code firedAt} for the first time. */
    record Overdue(UUID id, UUID clientId, Optional<String> symbol, Instant firedAt) {}

    private GuardStore() {}

    static void insert(Handle handle, Guard guard) {
        handle.createUpdate("""
                        INSERT INTO disconnect_guards (id, client_id, symbol, due_at)
                        VALUES (:id, :client, :symbol, clock_timestamp() + make_interval(secs => :within / 1000.0))""")
                .bind("id", guard.id())
                .bind("client", guard.clientId())
                .bind("symbol", guard.symbol().orElse(ALL))
                .bind("within", guard.within().toMillis())
                .execute();
    }

    /** The client does not want it any more; one that has fired goes on. */
    static void withdraw(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM disconnect_guards WHERE id = :id AND fired_at IS NULL")
                .bind("id", id)
                .execute();
    }

    /** These connections have been heard of: moves their deadlines on. Returns the ids of the guards that have not fired. */
    static Set<UUID> renew(Handle handle, List<Guard> guards) {
        return new HashSet<>(handle.createQuery("""
                        UPDATE disconnect_guards g
                        SET due_at = clock_timestamp() + make_interval(secs => u.within / 1000.0)
                        FROM unnest(:ids::uuid[], :withins::bigint[]) AS u (id, within)
                        WHERE g.id = u.id AND g.fired_at IS NULL
                        RETURNING g.id""")
                .bind("ids", ids(guards, Guard::id))
                .bind(
                        "withins",
                        guards.stream()
                                .mapToLong(guard -> guard.within().toMillis())
                                .toArray())
                .mapTo(UUID.class)
                .list());
    }

    /** Drops overdue guards of clients who are back: another connection of theirs guards the same orders. */
    static void dropRelieved(Handle transaction) {
        transaction.execute("""
                DELETE FROM disconnect_guards WHERE id IN (
                  SELECT g.id FROM disconnect_guards g
                  WHERE g.due_at < clock_timestamp() AND g.fired_at IS NULL AND EXISTS (
                    SELECT FROM disconnect_guards o
                    WHERE o.client_id = g.client_id AND o.fired_at IS NULL AND o.due_at >= clock_timestamp()
                      AND o.symbol IN ('', g.symbol))
                  FOR UPDATE OF g SKIP LOCKED)""");
    }

    /** Takes overdue guards, so that nobody else does until {@code retryAfter} has passed. */
    static List<Overdue> takeOverdue(Handle transaction, int limit, Duration retryAfter) {
        return transaction
                .createQuery("""
                        UPDATE disconnect_guards g
                        SET fired_at = coalesce(g.fired_at, clock_timestamp()),
                            due_at = clock_timestamp() + make_interval(secs => :retry / 1000.0)
                        FROM (SELECT id FROM disconnect_guards WHERE due_at < clock_timestamp()
                              ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED) AS due
                        WHERE g.id = due.id
                        RETURNING g.id, g.client_id, g.symbol, g.fired_at""")
                .bind("retry", retryAfter.toMillis())
                .bind("limit", limit)
                .map((row, context) -> new Overdue(
                        row.getObject("id", UUID.class),
                        row.getObject("client_id", UUID.class),
                        Optional.of(row.getString("symbol")).filter(symbol -> !symbol.equals(ALL)),
                        OrderMapper.instant(row, "fired_at")))
                .list();
    }

    /** All is cancelled that it was about. */
    static void finish(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM disconnect_guards WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
