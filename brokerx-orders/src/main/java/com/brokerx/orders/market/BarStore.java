package com.brokerx.orders.market;

import com.brokerx.orders.order.OrderMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Bars, reckoned from the trades. */
final class BarStore {

    private BarStore() {}

    /** Oldest first. */
    static List<Bar> bars(
            Handle handle,
            Instrument instrument,
            BarInterval interval,
            ZoneId zone,
            Instant from,
            Instant to,
            int limit) {
        // Hours and less have the same boundaries in every zone that is whole hours away; a day is the market's.
        String start = interval == BarInterval.DAY
                ? "date_trunc('day', executed_at, '" + zone.getId() + "')"
                : "date_bin('" + interval.length().toSeconds() + " seconds', executed_at, '2000-01-01Z')";
        return handle.createQuery("""
                        SELECT %s AS start,
                               (array_agg(price_ticks ORDER BY sequence))[1] AS open,
                               max(price_ticks) AS high, min(price_ticks) AS low,
                               (array_agg(price_ticks ORDER BY sequence DESC))[1] AS close,
                               sum(quantity) AS volume, count(*) AS trades
                        FROM trades
                        WHERE symbol = :symbol AND executed_at >= :from AND executed_at < :to
                        GROUP BY start ORDER BY start LIMIT :limit""".formatted(start))
                .bind("symbol", instrument.symbol())
                .bind("from", from)
                .bind("to", to)
                .bind("limit", limit)
                .map((row, context) -> new Bar(
                        OrderMapper.instant(row, "start"),
                        instrument.toPrice(row.getLong("open")),
                        instrument.toPrice(row.getLong("high")),
                        instrument.toPrice(row.getLong("low")),
                        instrument.toPrice(row.getLong("close")),
                        row.getLong("volume"),
                        row.getLong("trades")))
                .list();
    }
}
