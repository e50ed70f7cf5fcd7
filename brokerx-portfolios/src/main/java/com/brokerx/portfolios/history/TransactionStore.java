package com.brokerx.portfolios.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Reads the entries of portfolios; the time of an answer does not depend on how many there are. */
@RegisterConstructorMapper(Transaction.class)
@RegisterConstructorMapper(TransactionStore.Balance.class)
interface TransactionStore {

    record Balance(long available, long held) {}

    /** Newest first: the newest of each account, merged. */
    @SqlQuery("""
            SELECT e.id, upper(e.type::text) AS type, a.asset, s.kind = 'currency' AS is_currency, s.scale,
                   e.available_delta, e.held_delta, e.available_after + e.held_after AS balance_after, e.reference,
                   e.created_at
            FROM accounts a
            JOIN assets s ON s.code = a.asset
            CROSS JOIN LATERAL (SELECT * FROM entries e
                                WHERE e.account_id = a.id AND (e.created_at, e.id) < (:beforeTime, :beforeId)
                                ORDER BY e.created_at DESC, e.id DESC
                                LIMIT :limit) e
            WHERE a.portfolio_id = :portfolio AND (:asset::text IS NULL OR a.asset = :asset)
            ORDER BY e.created_at DESC, e.id DESC
            LIMIT :limit""")
    List<Transaction> list(
            @Bind("portfolio") UUID portfolioId,
            @Bind("asset") String asset,
            @Bind("beforeTime") Instant beforeTime,
            @Bind("beforeId") long beforeId,
            @Bind("limit") int limit);

    @SqlQuery("""
            SELECT available_after AS available, held_after AS held FROM entries
            WHERE account_id = :account AND created_at <= :at
            ORDER BY created_at DESC, id DESC
            LIMIT 1""")
    Optional<Balance> balanceAt(@Bind("account") long accountId, @Bind("at") Instant at);
}
