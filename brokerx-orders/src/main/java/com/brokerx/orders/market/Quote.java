package com.brokerx.orders.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * A symbol's price at a glance.
 *
 * @param bid null where nobody buys
 * @param ask null where nobody sells
 * @param mid half way between bid and ask, rounded half up; null unless there are both
 * @param last the price of the last trade, or the reference price where there was none
 * @param volume shares traded today
 * @param change last price against the last one before today
 * @param changePercent the same in per cent
 */
public record Quote(
        String symbol,
        BigDecimal bid,
        BigDecimal ask,
        BigDecimal mid,
        BigDecimal last,
        long volume,
        BigDecimal change,
        BigDecimal changePercent,
        Instant timestamp) {

    public static Quote of(Instrument instrument, BookSnapshot book, LocalDate today) {
        DayStatistics day = book.statistics().asOf(today);
        BigDecimal bid = price(instrument, book.bestBid());
        BigDecimal ask = price(instrument, book.bestAsk());
        BigDecimal change = instrument.toPrice(day.lastTicks() - day.previousCloseTicks());
        return new Quote(
                instrument.symbol(),
                bid,
                ask,
                bid == null || ask == null ? null : middle(bid, ask),
                instrument.toPrice(day.lastTicks()),
                day.volume(),
                change,
                change.movePointRight(2).divide(instrument.toPrice(day.previousCloseTicks()), 2, RoundingMode.HALF_UP),
                book.at());
    }

    /** Whether nothing but the time differs. */
    public boolean saysTheSameAs(Quote other) {
        return equals(new Quote(
                other.symbol,
                other.bid,
                other.ask,
                other.mid,
                other.last,
                other.volume,
                other.change,
                other.changePercent,
                timestamp));
    }

    private static BigDecimal price(Instrument instrument, OptionalLong ticks) {
        return ticks.isPresent() ? instrument.toPrice(ticks.getAsLong()) : null;
    }

    private static BigDecimal middle(BigDecimal bid, BigDecimal ask) {
        return bid.add(ask).divide(BigDecimal.TWO, bid.scale(), RoundingMode.HALF_UP);
    }
}
