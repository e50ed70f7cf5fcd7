package com.brokerx.orders.market;

import com.brokerx.orders.order.OrderMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The tables {@code bars} and {@code bar_cursors}. Bars run behind the trades; a reader adds, in the same look at the database, the
 * trades that are not in them yet, and so sees all that is committed at any moment.
 */
public final class BarStore {

    private static final String READ = """
            WITH stored AS (
              SELECT 0 AS part, start, open_ticks, high_ticks, low_ticks, close_ticks, volume, trades
              FROM bars
              WHERE symbol = :symbol AND length = :length
                AND start >= bar_start(:length, :from, :zone) AND start < :before
              ORDER BY start DESC LIMIT :limit
            ), fresh AS (
              SELECT 1 AS part, bar_start(:length, executed_at, :zone) AS start,
                     (array_agg(price_ticks ORDER BY sequence))[1] AS open_ticks,
                     max(price_ticks) AS high_ticks, min(price_ticks) AS low_ticks,
                     (array_agg(price_ticks ORDER BY sequence DESC))[1] AS close_ticks,
                     sum(quantity) AS volume, count(*) AS trades
              FROM trades
              WHERE symbol = :symbol
                AND sequence > coalesce((SELECT sequence FROM bar_cursors WHERE symbol = :symbol), 0)
              GROUP BY 2
            )
            SELECT start, (array_agg(open_ticks ORDER BY part))[1] AS open_ticks,
                   max(high_ticks) AS high_ticks, min(low_ticks) AS low_ticks,
                   (array_agg(close_ticks ORDER BY part DESC))[1] AS close_ticks,
                   sum(volume) AS volume, sum(trades) AS trades
            FROM (SELECT * FROM stored UNION ALL SELECT * FROM fresh) AS parts
            WHERE start >= bar_start(:length, :from, :zone) AND start < :before
            GROUP BY start ORDER BY start DESC LIMIT :limit""";

    /**
     * Trades of a symbol are numbered without a gap, and become visible in that order, since one writer at a time makes them. Minutes
     * first, so that only they, and not every trade, are counted into each length.
     */
    private static final String FOLLOW = """
            WITH behind AS (
              SELECT c.symbol, c.sequence FROM bar_cursors c
              WHERE EXISTS (SELECT 1 FROM trades t WHERE t.symbol = c.symbol AND t.sequence > c.sequence)
              FOR UPDATE SKIP LOCKED
            ), fresh AS (
              SELECT t.symbol, t.sequence, t.executed_at, t.price_ticks, t.quantity
              FROM behind b JOIN trades t
                ON t.symbol = b.symbol AND t.sequence > b.sequence AND t.sequence <= b.sequence + :limit
            ), minutes AS (
              SELECT symbol, bar_start('1m', executed_at, :zone) AS start, max(sequence) AS last_sequence,
                     (array_agg(price_ticks ORDER BY sequence))[1] AS open_ticks,
                     max(price_ticks) AS high_ticks, min(price_ticks) AS low_ticks,
                     (array_agg(price_ticks ORDER BY sequence DESC))[1] AS close_ticks,
                     sum(quantity) AS volume, count(*) AS trades
              FROM fresh GROUP BY 1, 2
            ), counted AS (
              INSERT INTO bars (symbol, length, start, open_ticks, high_ticks, low_ticks, close_ticks, volume, trades)
              SELECT symbol, length, bar_start(length, start, :zone),
                     (array_agg(open_ticks ORDER BY start))[1], max(high_ticks), min(low_ticks),
                     (array_agg(close_ticks ORDER BY start DESC))[1], sum(volume), sum(trades)
              FROM minutes CROSS JOIN unnest(:lengths::text[]) AS length
              GROUP BY 1, 2, 3
              ON CONFLICT (symbol, length, start) DO UPDATE
              SET high_ticks = greatest(bars.high_ticks, excluded.high_ticks),
                  low_ticks = least(bars.low_ticks, excluded.low_ticks),
                  close_ticks = excluded.close_ticks,
                  volume = bars.volume + excluded.volume,
                  trades = bars.trades + excluded.trades
            )
            UPDATE bar_cursors c SET sequence = m.last
            FROM (SELECT symbol, max(last_sequence) AS last, sum(trades) AS trades FROM minutes GROUP BY symbol) AS m
            WHERE c.symbol = m.symbol
            RETURNING m.trades""";

    private BarStore() {}

    /**
     * Newest first, whole bars also where {@code from} falls into one.
     *
     * @param before the starts of all bars lie before it
     */
    static List<Bar> bars(
            Handle handle,
            Instrument instrument,
            BarInterval interval,
            ZoneId zone,
            Instant from,
            Instant before,
            int limit) {
        return handle.createQuery(READ)
                .bind("symbol", instrument.symbol())
                .bind("length", interval.wireName())
                .bind("zone", zone.getId())
                .bind("from", from)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new Bar(
                        OrderMapper.instant(row, "start"),
                        instrument.toPrice(row.getLong("open_ticks")),
                        instrument.toPrice(row.getLong("high_ticks")),
                        instrument.toPrice(row.getLong("low_ticks")),
                        instrument.toPrice(row.getLong("close_ticks")),
                        row.getLong("volume"),
                        row.getLong("trades")))
                .list();
    }

    /** A symbol's trading day so far, from its bars. */
    public static DayStatistics dayStatistics(
            Handle handle, Instrument instrument, MarketCalendar calendar, Instant now) {
        record Day(LocalDate day, long closeTicks, long volume) {}
        List<Day> days = handle.createQuery(READ)
                .bind("symbol", instrument.symbol())
                .bind("length", BarInterval.DAY.wireName())
                .bind("zone", calendar.zone().getId())
                .bind("from", Instant.EPOCH)
                .bind("before", now.plusSeconds(1))
                .bind("limit", 2)
                .map((row, context) -> new Day(
                        calendar.dayOf(OrderMapper.instant(row, "start")),
                        row.getLong("close_ticks"),
                        row.getLong("volume")))
                .list();
        if (days.isEmpty()) {
            return DayStatistics.opening(calendar.dayOf(now), instrument.referenceTicks());
        }
        Day last = days.getFirst();
        long closeBefore =
                days.size() == 1 ? instrument.referenceTicks() : days.get(1).closeTicks();
        return new DayStatistics(last.day(), closeBefore, last.closeTicks(), last.volume()).asOf(calendar.dayOf(now));
    }

    /** Has every instrument followed from its first trade on. */
    static void prepare(Handle handle) {
        handle.execute("INSERT INTO bar_cursors SELECT symbol, 0 FROM instruments ON CONFLICT DO NOTHING");
    }

    /**
     * Brings new trades into the bars, of all symbols that nobody else is following at this moment.
     *
     * @param limit trades of one symbol at most
     * @return how many trades there were of the symbol with the most; as many as the limit where there may be more
     */
    static long follow(Handle handle, ZoneId zone, int limit) {
        return handle
                .createQuery(FOLLOW)
                .bind("zone", zone.getId())
                .bind("limit", limit)
                .bind(
                        "lengths",
                        Arrays.stream(BarInterval.values())
                                .map(BarInterval::wireName)
                                .toArray(String[]::new))
                .mapTo(Long.class)
                .stream()
                .max(Long::compare)
                .orElse(0L);
    }
}
