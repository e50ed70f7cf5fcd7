package com.brokerx.orders.writer;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.orders.order.OrderMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code book_leases}. Only the database's clock counts.
 *
 * <p>Writers lock rows {@code FOR KEY SHARE}, which who renews a lease neither waits for nor holds up; who changes an owner locks
 * {@code FOR UPDATE}, and waits for writers. All lock in the order of symbols, so that none waits for one who waits for him.
 */
final class LeaseStore {

    /** @param recoveredTo see the table */
    record Lease(String symbol, String owner, String ownerUrl, long epoch, boolean expired, Instant recoveredTo) {}

    private static final String LOCK = """
            SELECT symbol, epoch FROM book_leases
            WHERE symbol = ANY(:symbols::text[]) AND owner = :owner
            ORDER BY symbol FOR KEY SHARE""";

    private static final String EXPIRES = "expires_at = clock_timestamp() + make_interval(secs => :ms / 1000.0)";

    private static final String RENEW = update("NO KEY UPDATE", "owner = :owner", EXPIRES);

    private static final String RECOVERED =
            update("NO KEY UPDATE", "owner = :owner AND recovered_to < :to", "recovered_to = :to");

    private static final String TAKE_OVER = update(
                    "UPDATE",
                    "symbol = ANY(:symbols::text[]) AND owner <> :owner"
                            + " AND (expires_at < clock_timestamp() OR (:evenAtUrl AND owner_url = :url))",
                    "owner = :owner, owner_url = :url, epoch = l.epoch + 1, " + EXPIRES)
            + " RETURNING l.symbol, l.epoch";

    private static final String RELEASE =
            update("UPDATE", "owner = :owner", "owner = '', owner_url = '', expires_at = '-infinity'");

    private LeaseStore() {}

    /**
     * A statement that locks its rows in the order of symbols before it changes them: by itself it would lock them as they lie.
     *
     * @param lock how strongly, see above
     * @param set where {@code l} is the row
     */
    private static String update(String lock, String where, String set) {
        return """
                WITH locked AS (SELECT symbol FROM book_leases WHERE %s ORDER BY symbol FOR %s)
                UPDATE book_leases l SET %s FROM locked WHERE l.symbol = locked.symbol""".formatted(where, lock, set);
    }

    /** Makes sure that there is a row for each symbol. */
    static void prepare(Handle handle, Collection<String> symbols) {
        handle.createUpdate("""
                        INSERT INTO book_leases (symbol, owner, owner_url, epoch, expires_at, recovered_to)
                        SELECT unnest(:symbols::text[]), '', '', 0, '-infinity', '2000-01-01Z' ON CONFLICT DO NOTHING""").bind("symbols", symbols.toArray(String[]::new)).execute();
    }

    static List<Lease> all(Handle handle) {
        return handle.createQuery("""
                        SELECT symbol, owner, owner_url, epoch, expires_at < clock_timestamp() AS expired, recovered_to
                        FROM book_leases""")
                .map((row, context) -> new Lease(
                        row.getString("symbol"),
                        row.getString("owner"),
                        row.getString("owner_url"),
                        row.getLong("epoch"),
                        row.getBoolean("expired"),
                        OrderMapper.instant(row, "recovered_to")))
                .list();
    }

    static void renew(Handle handle, String owner, long milliseconds) {
        handle.createUpdate(RENEW).bind("owner", owner).bind("ms", milliseconds).execute();
    }

    /**
     * Takes over those of the books whose owner has been silent for too long or is gone. Waits for a transaction of the old owner that
     * has the row locked.
     *
     * @param evenAtUrl also those whose owner was at {@code url}
     * @return the new epochs
     */
    static Map<String, Long> takeOver(
            Handle handle, Collection<String> symbols, String owner, String url, boolean evenAtUrl, long milliseconds) {
        return handle
                .createQuery(TAKE_OVER)
                .bind("symbols", symbols.toArray(String[]::new))
                .bind("owner", owner)
                .bind("url", url)
                .bind("evenAtUrl", evenAtUrl)
                .bind("ms", milliseconds)
                .map((row, context) -> Map.entry(row.getString("symbol"), row.getLong("epoch")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static void release(Handle handle, String owner) {
        handle.createUpdate(RELEASE).bind("owner", owner).execute();
    }

    /** The epochs of those of the symbols that are this owner's, locked until the transaction ends. */
    static Pipeline.Step<Map.Entry<String, Long>> lock(Pipeline pipeline, Collection<String> symbols, String owner) {
        return pipeline.query(LOCK, row -> Map.entry(row.getString("symbol"), row.getLong("epoch")))
                .bind("symbols", symbols.toArray(String[]::new))
                .bind("owner", owner);
    }

    static void recovered(Handle handle, String owner, Instant to) {
        handle.createUpdate(RECOVERED).bind("owner", owner).bind("to", to).execute();
    }
}
