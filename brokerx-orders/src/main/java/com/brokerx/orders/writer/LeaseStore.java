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

    private LeaseStore() {}

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
        handle.createUpdate("""
                        WITH mine AS (
                          SELECT symbol FROM book_leases WHERE owner = :owner ORDER BY symbol FOR NO KEY UPDATE)
                        UPDATE book_leases l SET expires_at = clock_timestamp() + make_interval(secs => :ms / 1000.0)
                        FROM mine WHERE l.symbol = mine.symbol""").bind("owner", owner).bind("ms", milliseconds).execute();
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
                .createQuery("""
                        WITH free AS (
                          SELECT symbol FROM book_leases
                          WHERE symbol = ANY(:symbols::text[]) AND owner <> :owner
                            AND (expires_at < clock_timestamp() OR (:evenAtUrl AND owner_url = :url))
                          ORDER BY symbol FOR UPDATE)
                        UPDATE book_leases l
                        SET owner = :owner, owner_url = :url, epoch = l.epoch + 1,
                            expires_at = clock_timestamp() + make_interval(secs => :ms / 1000.0)
                        FROM free WHERE l.symbol = free.symbol
                        RETURNING l.symbol, l.epoch""")
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
        handle.createUpdate("""
                        WITH mine AS (SELECT symbol FROM book_leases WHERE owner = :owner ORDER BY symbol FOR UPDATE)
                        UPDATE book_leases l SET owner = '', owner_url = '', expires_at = '-infinity'
                        FROM mine WHERE l.symbol = mine.symbol""").bind("owner", owner).execute();
    }

    /** The epochs of those of the symbols that are this owner's, locked until the transaction ends. */
    static Pipeline.Step<Map.Entry<String, Long>> lock(Pipeline pipeline, Collection<String> symbols, String owner) {
        return pipeline.query(LOCK, row -> Map.entry(row.getString("symbol"), row.getLong("epoch")))
                .bind("symbols", symbols.toArray(String[]::new))
                .bind("owner", owner);
    }

    static void recovered(Handle handle, String owner, Instant to) {
        handle.createUpdate("""
                        WITH mine AS (
                          SELECT symbol FROM book_leases WHERE owner = :owner AND recovered_to < :to
                          ORDER BY symbol FOR NO KEY UPDATE)
                        UPDATE book_leases l SET recovered_to = :to FROM mine WHERE l.symbol = mine.symbol""").bind("owner", owner).bind("to", to).execute();
    }
}
