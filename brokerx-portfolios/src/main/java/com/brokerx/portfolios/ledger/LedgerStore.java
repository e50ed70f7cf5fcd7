package com.brokerx.portfolios.ledger;

import com.brokerx.commons.database.Pipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Accounts and entries, always many at once. */
final class LedgerStore {

    /** In the order of their ids: that is what keeps transactions that want the same accounts from waiting for each other. */
    private static final String LOCK_BY_KEY = """
            SELECT a.id, a.portfolio_id, a.client_id, a.asset, a.trading, a.frozen, a.available, a.held, a.cost,
                   a.realized_pnl, a.updated_at, clock_timestamp() AS read_at
            FROM accounts a
            JOIN unnest(:clients::uuid[], :assets::text[]) AS wanted (client_id, asset)
              ON a.client_id = wanted.client_id AND a.asset = wanted.asset
            WHERE a.trading
            ORDER BY a.id
            FOR NO KEY UPDATE OF a""";

    private static final String LOCK_BY_ID = """
            SELECT a.id, a.portfolio_id, a.client_id, a.asset, a.trading, a.frozen, a.available, a.held, a.cost,
                   a.realized_pnl, a.updated_at, clock_timestamp() AS read_at
            FROM accounts a
            WHERE a.id = ANY(:ids) AND a.house IS NULL
            ORDER BY a.id
            FOR NO KEY UPDATE OF a""";

    /** Moves the balances by what was posted, and adds the entries, in one statement. */
    private static final String STORE = """
            WITH moved AS (
              UPDATE accounts a
              SET available = a.available + change.available, held = a.held + change.held,
                  cost = change.cost, realized_pnl = change.realized, updated_at = :at
              FROM unnest(:ids::bigint[], :available::bigint[], :held::bigint[], :costs::bigint[],
                          :realized::bigint[]) AS change (id, available, held, cost, realized)
              WHERE a.id = change.id)
            INSERT INTO entries (journal_id, account_id, asset, type, available_delta, held_delta, available_after,
                                 held_after, reference, created_at)
            SELECT journal_id, account_id, asset, type::entry_type, available_delta, held_delta, available_after,
                   held_after, reference, :at
            FROM unnest(:journals::bigint[], :accounts::bigint[], :assets::text[], :types::text[],
                        :availableDeltas::bigint[], :heldDeltas::bigint[], :availableAfter::bigint[],
                        :heldAfter::bigint[], :references::uuid[])
                 WITH ORDINALITY AS e (journal_id, account_id, asset, type, available_delta, held_delta,
                                       available_after, held_after, reference, position)
            ORDER BY position""";

    private LedgerStore() {}

    /** An account, and the time at which it was read. */
    record Row(
            long id,
            UUID portfolioId,
            UUID clientId,
            String asset,
            boolean trading,
            boolean frozen,
            long available,
            long held,
            long cost,
            long realizedPnl,
            Instant updatedAt,
            Instant readAt) {

        Account account() {
            return new Account(
                    id,
                    portfolioId,
                    clientId,
                    asset,
                    trading,
                    frozen,
                    available,
                    held,
                    new CostBasis(cost, realizedPnl),
                    updatedAt);
        }
    }

    /** Columns of entries, one element a row. */
    record NewEntries(
            long[] journals,
            long[] accounts,
            String[] assets,
            String[] types,
            long[] availableDeltas,
            long[] heldDeltas,
            Long[] availableAfter,
            Long[] heldAfter,
            UUID[] references) {}

    /** Columns of accounts, one element a row. */
    record Changes(long[] ids, long[] available, long[] held, long[] costs, long[] realized) {}

    static Pipeline.Step<Row> lockByKey(Pipeline pipeline, UUID[] clients, String[] assets) {
        return pipeline.query(LOCK_BY_KEY, LedgerStore::row)
                .bind("clients", clients)
                .bind("assets", assets);
    }

    static Pipeline.Step<Row> lockById(Pipeline pipeline, long[] ids) {
        return pipeline.query(LOCK_BY_ID, LedgerStore::row).bind("ids", ids);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getObject("portfolio_id", UUID.class),
                row.getObject("client_id", UUID.class),
                row.getString("asset"),
                row.getBoolean("trading"),
                row.getBoolean("frozen"),
                row.getLong("available"),
                row.getLong("held"),
                row.getLong("cost"),
                row.getLong("realized_pnl"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getObject("read_at", OffsetDateTime.class).toInstant());
    }

    static void store(Pipeline pipeline, Changes changes, NewEntries entries, Instant at) {
        pipeline.update(STORE)
                .bind("ids", changes.ids())
                .bind("available", changes.available())
                .bind("held", changes.held())
                .bind("costs", changes.costs())
                .bind("realized", changes.realized())
                .bind("journals", entries.journals())
                .bind("accounts", entries.accounts())
                .bind("assets", entries.assets())
                .bind("types", entries.types())
                .bind("availableDeltas", entries.availableDeltas())
                .bind("heldDeltas", entries.heldDeltas())
                .bind("availableAfter", entries.availableAfter())
                .bind("heldAfter", entries.heldAfter())
                .bind("references", entries.references())
                .bind("at", at);
    }

    /** The first of a thousand journal numbers that nobody else gets. */
    static long nextJournalBlock(Handle handle) {
        return handle.createQuery("SELECT nextval('journal_ids')")
                .mapTo(Long.class)
                .one();
    }
}
