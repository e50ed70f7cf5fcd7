package com.brokerx.portfolios.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Reads statements. */
@RegisterConstructorMapper(StatementLine.class)
interface StatementStore {

    /** The oldest lines behind {@code after} and before {@code to}: the oldest of each account, merged. */
    @SqlQuery("""
            SELECT e.id AS number, e.created_at AS time, upper(e.type::text) AS type, e.asset,
                   decimal_amount(e.available_delta + e.held_delta, s.scale) AS change,
                   decimal_amount(e.held_delta, s.scale) AS reserved,
                   decimal_amount(e.available_after + e.held_after, s.scale) AS balance_after,
                   e.reference,
                   coalesce(r.order_id, CASE WHEN e.type = 'buy' THEN t.buy_order_id
                                             WHEN e.type = 'sell' THEN t.sell_order_id END) AS order_id,
                   p.id AS payment_id, t.trade_id, t.symbol, t.price, t.quantity,
                   decimal_amount(t.total, c.scale) AS total, coalesce(j.reason, p.failure) AS note
            FROM accounts a
            JOIN assets s ON s.code = a.asset
            CROSS JOIN LATERAL (SELECT * FROM entries e
                                WHERE e.account_id = a.id AND e.created_at < :to
                                  AND (e.created_at, e.id) > (:after.createdAt, :after.id)
                                ORDER BY e.created_at, e.id
                                LIMIT :limit) e
            LEFT JOIN settlements t ON e.type IN ('buy', 'sell', 'fee') AND t.trade_id = e.reference
            LEFT JOIN assets c ON c.code = t.currency
            LEFT JOIN reservations r ON e.type IN ('reserve', 'release') AND r.order_id = e.reference
            LEFT JOIN payments p ON e.type IN ('deposit', 'withdrawal', 'reserve', 'release') AND p.id = e.reference
            LEFT JOIN journals j ON e.type = 'journal' AND j.id = e.reference
            WHERE a.portfolio_id = :portfolio
            ORDER BY e.created_at, e.id
            LIMIT :limit""")
    List<StatementLine> lines(
            @Bind("portfolio") UUID portfolioId,
            @BindMethods("after") Transaction.Position after,
            @Bind("to") Instant to,
            @Bind("limit") int limit);
}
