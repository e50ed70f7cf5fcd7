package com.brokerx.portfolios.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What other services compare their own books with. */
@RegisterConstructorMapper(ReconciliationStore.ReservationRow.class)
@RegisterConstructorMapper(ReconciliationStore.SettlementRow.class)
@RegisterConstructorMapper(ReconciliationStore.AssetTotal.class)
@RegisterConstructorMapper(ReconciliationStore.SymbolTotal.class)
interface ReconciliationStore {

    /** Amounts in units of the asset, as decimals. */
    record ReservationRow(
            UUID orderId,
            UUID clientId,
            String asset,
            int version,
            BigDecimal authorized,
            BigDecimal settled,
            boolean closed,
            boolean ended) {}

    /** A settled trade. */
    record SettlementRow(
            UUID tradeId,
            String symbol,
            long sequence,
            BigDecimal price,
            long quantity,
            BigDecimal total,
            String currency,
            BigDecimal buyFee,
            BigDecimal sellFee,
            UUID buyOrderId,
            UUID sellOrderId,
            Instant settledAt) {}

    /**
     * @param house what the house has by its entries; with the clients' it makes zero
     */
    record AssetTotal(String asset, BigDecimal available, BigDecimal held, BigDecimal house) {}

    /** All settled trades of a symbol. */
    record SymbolTotal(String symbol, long trades, long quantity, BigDecimal total, long lastSequence) {}

    String RESERVATIONS = """
            SELECT r.order_id, r.client_id, r.asset, r.version, decimal_amount(r.authorized, s.scale) AS authorized,
                   decimal_amount(r.settled, s.scale) AS settled, r.closed, r.ended_at IS NOT NULL AS ended
            FROM reservations r JOIN assets s ON s.code = r.asset
            """;

    /** Those that may still hold something, in the order of their ids. */
    @SqlQuery(RESERVATIONS + """
            WHERE r.ended_at IS NULL AND (:after::uuid IS NULL OR r.order_id > :after)
            ORDER BY r.order_id LIMIT :limit""")
    List<ReservationRow> openReservations(@Bind("after") UUID after, @Bind("limit") int limit);

    @SqlQuery(RESERVATIONS + "WHERE r.order_id = ANY(:orders)")
    List<ReservationRow> reservations(@Bind("orders") UUID[] orderIds);

    @SqlQuery("""
            SELECT t.trade_id, t.symbol, t.sequence, t.price, t.quantity, decimal_amount(t.total, c.scale) AS total,
                   t.currency, decimal_amount(t.buy_fee, c.scale) AS buy_fee,
                   decimal_amount(t.sell_fee, c.scale) AS sell_fee, t.buy_order_id, t.sell_order_id, t.settled_at
            FROM settlements t JOIN assets c ON c.code = t.currency
            WHERE :after::uuid IS NULL OR t.trade_id > :after
            ORDER BY t.trade_id LIMIT :limit""")
    List<SettlementRow> settlements(@Bind("after") UUID after, @Bind("limit") int limit);

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
