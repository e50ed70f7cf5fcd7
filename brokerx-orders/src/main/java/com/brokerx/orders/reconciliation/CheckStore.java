package com.brokerx.orders.reconciliation;

import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What orders, trades and logs should say of each other. Each query gives the differences in words, a thousand at most. */
interface CheckStore {

    /**
     * Orders that say they have traded something else than their trades do.
     *
     * @param symbols of all instruments
     * @param tickUnits what a tick of each is worth, in the currency's smallest unit
     */
    @SqlQuery("""
            SELECT 'order ' || coalesce(o.id, t.order_id) || ' has traded ' || coalesce(o.filled, 0) || ' for '
                   || coalesce(o.notional, 0) || ', its trades say ' || coalesce(t.filled, 0) || ' for '
                   || coalesce(t.notional, 0)
            FROM orders o
            FULL JOIN (SELECT order_id, sum(quantity) AS filled, sum(price_ticks * quantity * units) AS notional
                       FROM (SELECT buy_order_id AS order_id, symbol, quantity, price_ticks FROM trades
                             UNION ALL
                             SELECT sell_order_id, symbol, quantity, price_ticks FROM trades) legs
                       JOIN unnest(:symbols::text[], :tickUnits::bigint[]) AS i (symbol, units) USING (symbol)
                       GROUP BY order_id) t ON t.order_id = o.id
            WHERE coalesce(o.filled, 0) <> coalesce(t.filled, 0) OR coalesce(o.notional, 0) <> coalesce(t.notional, 0)
            ORDER BY 1 LIMIT 1000""")
    List<String> wrongFills(@Bind("symbols") String[] symbols, @Bind("tickUnits") long[] tickUnits);

    /** Trades that are not reported to exactly two sides as what they are. */
    @SqlQuery("""
            SELECT 'trade ' || coalesce(t.id, e.trade_id) || ' has ' || coalesce(e.reports, 0) || ' reports of '
                   || coalesce(e.quantity, 0) || ' shares in all, its quantity is ' || coalesce(t.quantity, 0)
            FROM trades t
            FULL JOIN (SELECT trade_id, count(*) AS reports, sum(last_quantity) AS quantity, sum(last_ticks) AS ticks
                       FROM executions WHERE trade_id IS NOT NULL GROUP BY trade_id) e ON e.trade_id = t.id
            WHERE e.reports IS DISTINCT FROM 2 OR e.quantity IS DISTINCT FROM 2 * t.quantity
               OR e.ticks IS DISTINCT FROM 2 * t.price_ticks
            ORDER BY 1 LIMIT 1000""")
    List<String> wrongReports();

    /** Symbols whose trades are not numbered from 1 without a gap. */
    @SqlQuery("""
            SELECT symbol || ' has ' || count(*) || ' trades, the last is number ' || max(sequence)
            FROM trades GROUP BY symbol HAVING count(*) <> max(sequence) ORDER BY symbol""")
    List<String> gaps();

    /** Orders that are open and stand in no book, or the other way round. */
    @SqlQuery("""
            SELECT CASE WHEN b.order_id IS NULL THEN 'order ' || o.id || ' is open and stands in no book'
                        ELSE 'order ' || b.order_id || ' stands in a book and is not open' END
            FROM (SELECT id FROM orders WHERE status IN ('working', 'partially_filled')) o
            FULL JOIN open_orders b ON b.order_id = o.id
            WHERE o.id IS NULL OR b.order_id IS NULL
            ORDER BY 1 LIMIT 1000""")
    List<String> wrongBooks();

    /** Clients whose log has a gap, or does not end where it says. */
    @SqlQuery("""
            SELECT 'the log of client ' || coalesce(l.client_id, e.client_id) || ' has ' || coalesce(e.rows, 0)
                   || ' rows, the last is number ' || coalesce(e.last, 0) || ' and should be '
                   || coalesce(l.last_sequence, 0)
            FROM client_logs l
            FULL JOIN (SELECT client_id, count(*) AS rows, max(client_sequence) AS last
                       FROM executions GROUP BY client_id) e ON e.client_id = l.client_id
            WHERE coalesce(e.rows, 0) <> coalesce(e.last, 0) OR coalesce(e.last, 0) <> coalesce(l.last_sequence, 0)
            ORDER BY 1 LIMIT 1000""")
    List<String> wrongLogs();
}
