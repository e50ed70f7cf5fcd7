package com.brokerx.orders.trade;

import static com.brokerx.orders.order.Columns.ids;
import static com.brokerx.orders.order.Columns.longs;
import static com.brokerx.orders.order.Columns.texts;
import static com.brokerx.orders.order.Columns.times;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.orders.book.Side;
import com.brokerx.orders.order.OrderMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table {@code trades}. */
public final class TradeStore {

    private static final String INSERT = """
            INSERT INTO trades (symbol, sequence, id, executed_at, price_ticks, quantity, buy_order_id, buy_client_id, buy_fee,
                                sell_order_id, sell_client_id, sell_fee, taker)
            SELECT symbol, sequence, id, executed_at, price_ticks, quantity, buy_order_id, buy_client_id, buy_fee,
                   sell_order_id, sell_client_id, sell_fee, taker::order_direction
            FROM unnest(:symbols::text[], :sequences::bigint[], :ids::uuid[], :executed::timestamptz[], :prices::bigint[],
                        :quantities::bigint[], :buyOrders::uuid[], :buyClients::uuid[], :buyFees::bigint[],
                        :sellOrders::uuid[], :sellClients::uuid[], :sellFees::bigint[], :takers::text[])
                 AS t (symbol, sequence, id, executed_at, price_ticks, quantity, buy_order_id, buy_client_id, buy_fee,
                       sell_order_id, sell_client_id, sell_fee, taker)""";

    private TradeStore() {}

    public static void insert(Pipeline pipeline, List<Trade> trades) {
        if (trades.isEmpty()) {
            return;
        }
        pipeline.update(INSERT)
                .bind("symbols", texts(trades, Trade::symbol))
                .bind("sequences", longs(trades, Trade::sequence))
                .bind("ids", ids(trades, Trade::id))
                .bind("executed", times(trades, Trade::executedAt))
                .bind("prices", longs(trades, Trade::priceTicks))
                .bind("quantities", longs(trades, Trade::quantity))
                .bind("buyOrders", ids(trades, trade -> trade.buyer().orderId()))
                .bind("buyClients", ids(trades, trade -> trade.buyer().clientId()))
                .bind("buyFees", longs(trades, trade -> trade.buyer().fee()))
                .bind("sellOrders", ids(trades, trade -> trade.seller().orderId()))
                .bind("sellClients", ids(trades, trade -> trade.seller().clientId()))
                .bind("sellFees", longs(trades, trade -> trade.seller().fee()))
                .bind("takers", texts(trades, trade -> trade.taker().name().toLowerCase(Locale.ROOT)));
    }

    /** The last trades of a symbol, newest first, from below a sequence on. */
    public static List<Trade> ofSymbol(Handle handle, String symbol, long before, int limit) {
        return handle.createQuery("""
                        SELECT * FROM trades WHERE symbol = :symbol AND sequence < :before
                        ORDER BY sequence DESC LIMIT :limit""")
                .bind("symbol", symbol)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> trade(row))
                .list();
    }

    static Optional<Trade> find(Handle handle, UUID tradeId) {
        return handle.createQuery("SELECT * FROM trades WHERE id = :id")
                .bind("id", tradeId)
                .map((row, context) -> trade(row))
                .findOne();
    }

    private static Trade trade(ResultSet row) throws SQLException {
        return new Trade(
                row.getObject("id", UUID.class),
                row.getString("symbol"),
                row.getLong("sequence"),
                row.getLong("price_ticks"),
                row.getLong("quantity"),
                party(row, "buy"),
                party(row, "sell"),
                Side.valueOf(row.getString("taker").toUpperCase(Locale.ROOT)),
                OrderMapper.instant(row, "executed_at"));
    }

    private static Trade.Party party(ResultSet row, String side) throws SQLException {
        return new Trade.Party(
                row.getObject(side + "_order_id", UUID.class),
                row.getObject(side + "_client_id", UUID.class),
                row.getLong(side + "_fee"));
    }
}
