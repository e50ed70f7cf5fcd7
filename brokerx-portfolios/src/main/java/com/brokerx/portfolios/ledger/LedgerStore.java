package com.brokerx.portfolios.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Accounts and entries, always many at once. */
@RegisterConstructorMapper(LedgerStore.Row.class)
interface LedgerStore {

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

    /** In the order of their ids: that is what keeps transactions that want the same accounts from waiting for each other. */
    @SqlQuery("""
            SELECT a.id, a.portfolio_id, a.client_id, a.asset, a.trading, a.frozen, a.available, a.held, a.cost,
                   a.realized_pnl, a.updated_at, clock_timestamp() AS read_at
            FROM accounts a
            JOIN unnest(:clients::uuid[], :assets::text[]) AS wanted (client_id, asset)
              ON a.client_id = wanted.client_id AND a.asset = wanted.asset
            WHERE a.trading
            ORDER BY a.id
            FOR NO KEY UPDATE OF a""")
    List<Row> lockByKey(@Bind("clients") UUID[] clients, @Bind("assets") String[] assets);

    @SqlQuery("""
            SELECT a.id, a.portfolio_id, a.client_id, a.asset, a.trading, a.frozen, a.available, a.held, a.cost,
                   a.realized_pnl, a.updated_at, clock_timestamp() AS read_at
            FROM accounts a
            WHERE a.id = ANY(:ids) AND a.house IS NULL
            ORDER BY a.id
            FOR NO KEY UPDATE OF a""")
    List<Row> lockById(@Bind("ids") long[] ids);

    /** Moves the balances by what was posted, and adds the entries, in one statement. */
    @SqlUpdate("""
            WITH moved AS (
              UPDATE accounts a
              SET available = a.available + change.available, held = a.held + change.held,
                  cost = change.cost, realized_pnl = change.realized, updated_at = :at
              FROM unnest(:c.ids::bigint[], :c.available::bigint[], :c.held::bigint[], :c.costs::bigint[],
                          :c.realized::bigint[]) AS change (id, available, held, cost, realized)
              WHERE a.id = change.id)
            INSERT INTO entries (journal_id, account_id, asset, type, available_delta, held_delta, available_after,
                                 held_after, reference, created_at)
            SELECT journal_id, account_id, asset, type::entry_type, available_delta, held_delta, available_after,
                   held_after, reference, :at
            FROM unnest(:e.journals::bigint[], :e.accounts::bigint[], :e.assets::text[], :e.types::text[],
                        :e.availableDeltas::bigint[], :e.heldDeltas::bigint[], :e.availableAfter::bigint[],
                        :e.heldAfter::bigint[], :e.references::uuid[])
                 WITH ORDINALITY AS e (journal_id, account_id, asset, type, available_delta, held_delta,
                                       available_after, held_after, reference, position)
            ORDER BY position""")
    void store(@BindMethods("c") Changes changes, @BindMethods("e") NewEntries entries, @Bind("at") Instant at);

    /** The first of a thousand journal numbers that nobody else gets. */
    @SqlQuery("SELECT nextval('journal_ids')")
    long nextJournalBlock();
}
