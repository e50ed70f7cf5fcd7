package com.brokerx.portfolios.reconciliation;

import com.brokerx.facades.reconciliation.Reconcilable.Hold;
import com.brokerx.facades.reconciliation.Reconcilable.Trade;
import com.brokerx.facades.reconciliation.Reconcilable.TradeBlock;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What other services compare their own books with. */
@RegisterConstructorMapper(Hold.class)
@RegisterConstructorMapper(Trade.class)
@RegisterConstructorMapper(TradeBlock.class)
@RegisterConstructorMapper(ReconciliationStore.AssetTotal.class)
@RegisterConstructorMapper(ReconciliationStore.SymbolTotal.class)
interface ReconciliationStore {

    /**
     * What everybody has of an asset.
     *
     * @param house what the house has by its entries; with the clients' it makes zero
     */
    record AssetTotal(String asset, BigDecimal available, BigDecimal held, BigDecimal house) {}

    /** All settled trades of a symbol. */
    record SymbolTotal(String symbol, long trades, long quantity, BigDecimal total, long lastSequence) {}

    String HOLDS = """
            SELECT r.order_id, r.client_id, r.asset, r.version, decimal_amount(r.authorized, s.scale) AS authorized,
                   decimal_amount(r.settled, s.scale) AS settled, r.closed
            FROM reservations r JOIN assets s ON s.code = r.asset
            """;

    /** Settlements as both sides of a comparison write them, and that text in one column. */
    String TRADES = """
            WITH trade AS (
              SELECT t.trade_id AS id, t.symbol, t.sequence, t.quantity, trim_scale(t.price) AS price,
                     trim_scale(decimal_amount(t.total, c.scale)) AS total, t.buy_order_id, t.sell_order_id, t.buy_fee,
                     t.sell_fee
              FROM settlements t JOIN assets c ON c.code = t.currency)
            """;

    /** Those that may still hold something. */
    @SqlQuery(HOLDS + """
            WHERE r.ended_at IS NULL AND r.order_id > :after
            ORDER BY r.order_id LIMIT :limit""")
    List<Hold> openHolds(@Bind("after") UUID after, @Bind("limit") int limit);

    @SqlQuery(HOLDS + "WHERE r.order_id = ANY(:orders)")
    List<Hold> holds(@Bind("orders") UUID[] orderIds);

    @SqlQuery(TRADES + TradeBlock.QUERY)
    List<TradeBlock> tradeBlocks(@Bind("after") UUID after);

    @SqlQuery(TRADES + Trade.QUERY)
    List<Trade> trades(@BindMethods("block") TradeBlock block);

    @SqlQuery("""
            SELECT s.code AS asset, decimal_amount(c.available, s.scale) AS available,
                   decimal_amount(c.held, s.scale) AS held,
                   decimal_amount(coalesce(h.total, 0), s.scale) AS house
            FROM assets s
            JOIN (SELECT asset, sum(available) AS available, sum(held) AS held FROM accounts WHERE house IS NULL
                  GROUP BY asset) c ON c.asset = s.code
            LEFT JOIN (SELECT a.asset, sum(e.available_delta + e.held_delta) AS total
                       FROM accounts a JOIN entries e ON e.account_id = a.id
                       WHERE a.house IS NOT NULL GROUP BY a.asset) h ON h.asset = s.code
            ORDER BY s.code""")
    List<AssetTotal> assets();

    @SqlQuery("""
            SELECT t.symbol, count(*) AS trades, sum(t.quantity) AS quantity,
                   decimal_amount(sum(t.total), max(c.scale)) AS total, max(t.sequence) AS last_sequence
            FROM settlements t JOIN assets c ON c.code = t.currency
            GROUP BY t.symbol ORDER BY t.symbol""")
    List<SymbolTotal> symbols();
}
