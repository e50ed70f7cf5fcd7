package com.brokerx.orders.reconciliation;

import com.brokerx.facades.reconciliation.Reconcilable.Trade;
import com.brokerx.facades.reconciliation.Reconcilable.TradeBlock;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderMapper;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Orders and trades as portfolios can compare them. */
@RegisterRowMapper(OrderMapper.class)
@RegisterConstructorMapper(Trade.class)
@RegisterConstructorMapper(TradeBlock.class)
interface ReconciliationStore {

    /** Trades as both sides of a comparison write them. */
    String TRADES = """
            WITH trade AS (
              SELECT t.id, t.symbol, t.sequence, t.quantity, trim_scale(t.price_ticks * i.tick_size) AS price,
                     trim_scale(t.price_ticks * i.tick_size * t.quantity) AS total, t.buy_order_id, t.sell_order_id,
                     t.buy_fee, t.sell_fee
              FROM trades t JOIN instruments i ON i.symbol = t.symbol)
            """;

    /** In the order of the table's key: any other would sort all of them for each page. */
    @SqlQuery("""
            SELECT o.* FROM open_orders b JOIN orders o ON o.id = b.order_id
            WHERE (b.client_id, b.order_id) > (:client, :order)
            ORDER BY b.client_id, b.order_id LIMIT :limit""")
    List<Order> open(@Bind("client") UUID afterClient, @Bind("order") UUID afterOrder, @Bind("limit") int limit);

    @SqlQuery("SELECT * FROM orders WHERE id = ANY(:ids)")
    List<Order> find(@Bind("ids") UUID[] ids);

    @SqlQuery(TRADES + TradeBlock.QUERY)
    List<TradeBlock> tradeBlocks(@Bind("after") UUID after);

    @SqlQuery(TRADES + Trade.QUERY)
    List<Trade> trades(@BindMethods("block") TradeBlock block);
}
