package com.brokerx.portfolios.position;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Reads positions: the accounts of a portfolio that hold shares, and what those were last worth. */
@RegisterConstructorMapper(Position.class)
interface PositionStore {

    /** @param sold whether symbols are wanted of which there were shares once */
    @SqlQuery("""
            SELECT a.asset AS symbol, a.available, a.held, a.cost, a.realized_pnl, p.currency, c.scale, last.price
            FROM portfolios p
            JOIN assets c ON c.code = p.currency
            JOIN accounts a ON a.portfolio_id = p.id AND a.asset <> p.currency
            LEFT JOIN prices last ON last.symbol = a.asset AND last.currency = p.currency
            WHERE p.id = :portfolio
              AND (a.available + a.held > 0 OR (:sold AND EXISTS (SELECT FROM entries e WHERE e.account_id = a.id)))
            ORDER BY a.asset""")
    List<Position> list(@Bind("portfolio") UUID portfolioId, @Bind("sold") boolean sold);
}
