package com.brokerx.portfolios.settlement;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Settled trades and last prices, always many at once. */
interface SettlementStore {

    /** One element a trade. */
    record Trades(
            UUID[] ids,
            String[] symbols,
            long[] sequences,
            String[] prices,
            long[] quantities,
            long[] totals,
            String[] currencies,
            UUID[] buyOrders,
            UUID[] sellOrders,
            long[] buyFees,
            long[] sellFees,
            Instant[] executedAt) {

        static Trades of(Collection<Trade> trades) {
            return new Trades(
                    column(trades, Trade::id, UUID[]::new),
                    column(trades, Trade::symbol, String[]::new),
                    trades.stream().mapToLong(Trade::sequence).toArray(),
                    column(trades, trade -> trade.price().toPlainString(), String[]::new),
                    trades.stream().mapToLong(Trade::quantity).toArray(),
                    trades.stream().mapToLong(Trade::total).toArray(),
                    column(trades, Trade::currency, String[]::new),
                    column(trades, trade -> trade.buy().orderId(), UUID[]::new),
                    column(trades, trade -> trade.sell().orderId(), UUID[]::new),
                    trades.stream().mapToLong(trade -> trade.buy().fee()).toArray(),
                    trades.stream().mapToLong(trade -> trade.sell().fee()).toArray(),
                    column(trades, Trade::executedAt, Instant[]::new));
        }

        private static <T> T[] column(Collection<Trade> trades, Function<Trade, T> value, IntFunction<T[]> newArray) {
            return trades.stream().map(value).toArray(newArray);
        }
    }

    /** Adds those that are not there yet and says which; waits for another transaction that is adding the same ones. */
    @SqlQuery("""
            INSERT INTO settlements (trade_id, symbol, sequence, price, quantity, total, currency, buy_order_id,
                                     sell_order_id, buy_fee, sell_fee, executed_at)
            SELECT trade_id, symbol, sequence, price, quantity, total, currency, buy_order_id, sell_order_id, buy_fee,
                   sell_fee, executed_at
            FROM unnest(:t.ids::uuid[], :t.symbols::text[], :t.sequences::bigint[], :t.prices::numeric[],
                        :t.quantities::bigint[], :t.totals::bigint[], :t.currencies::text[], :t.buyOrders::uuid[],
                        :t.sellOrders::uuid[], :t.buyFees::bigint[], :t.sellFees::bigint[], :t.executedAt::timestamptz[])
                 AS t (trade_id, symbol, sequence, price, quantity, total, currency, buy_order_id, sell_order_id,
                       buy_fee, sell_fee, executed_at)
            ORDER BY trade_id
            ON CONFLICT DO NOTHING
            RETURNING trade_id""")
    Set<UUID> add(@BindMethods("t") Trades trades);

    /** One row a symbol: the last trade of each in this batch. */
    @SqlUpdate("""
            INSERT INTO prices AS p (symbol, price, currency, sequence, executed_at)
            SELECT symbol, price, currency, sequence, executed_at
            FROM unnest(:t.symbols::text[], :t.prices::numeric[], :t.currencies::text[], :t.sequences::bigint[],
                        :t.executedAt::timestamptz[])
                 AS t (symbol, price, currency, sequence, executed_at)
            ORDER BY symbol
            ON CONFLICT (symbol) DO UPDATE
            SET price = excluded.price, currency = excluded.currency, sequence = excluded.sequence,
                executed_at = excluded.executed_at
            WHERE excluded.executed_at >= p.executed_at""")
    void updatePrices(@BindMethods("t") Trades lastOfEachSymbol);
}
