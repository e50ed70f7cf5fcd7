package com.brokerx.portfolios.ledger;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Seals over the entries. */
@RegisterConstructorMapper(SealStore.Horizon.class)
interface SealStore {

    /**
     * How far the entries went at some time.
     *
     * @param lastEntry the highest number that was visible
     * @param nextTransaction every transaction that could still add an entry below it has a lower number
     */
    record Horizon(long lastEntry, long nextTransaction) {}

    @SqlQuery("""
            SELECT (SELECT coalesce(max(id), 0) FROM entries) AS last_entry,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next_transaction""")
    Horizon horizon();

    /** The oldest transaction that is still under way. */
    @SqlQuery("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    long oldestTransaction();

    /** Keeps other instances from sealing; false while one of them does. */
    @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.seals', 0))")
    boolean lock();

    @SqlQuery("SELECT max(last_entry) FROM seals")
    Optional<Long> lastSealed();

    /** Seals the next entries, at most {@code limit} of them and none above {@code upTo}; how many there were. */
    @SqlUpdate("""
            WITH head AS (
              SELECT coalesce(max(s.last_entry), 0) AS last_entry,
                     coalesce((SELECT hash FROM seals ORDER BY id DESC LIMIT 1), ''::bytea) AS hash
              FROM seals s),
            next AS (
              SELECT max(id) AS last_entry, count(*) AS entries
              FROM (SELECT e.id FROM entries e
                    WHERE e.id > (SELECT last_entry FROM head) AND e.id <= :upTo ORDER BY e.id LIMIT :limit) AS ids)
            INSERT INTO seals (last_entry, entries, previous_hash, hash)
            SELECT next.last_entry, next.entries, head.hash,
                   seal_hash(head.hash, head.last_entry, next.last_entry)
            FROM head, next WHERE next.entries > 0""")
    int sealNext(@Bind("upTo") long upTo, @Bind("limit") int limit);
}
