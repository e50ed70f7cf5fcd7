package com.brokerx.orders.market;

import java.time.LocalDate;

/**
 * A symbol's trading day so far.
 *
 * @param day the day that the figures are of
 * @param previousCloseTicks the last price before the day; what change is measured against
 * @param lastTicks the last price
 * @param volume shares traded on that day
 */
public record DayStatistics(LocalDate day, long previousCloseTicks, long lastTicks, long volume) {

    /** The statistics of a symbol that has not traded on this day. */
    public static DayStatistics opening(LocalDate day, long lastTicks) {
        return new DayStatistics(day, lastTicks, lastTicks, 0);
    }

    public DayStatistics traded(LocalDate on, long ticks, long quantity) {
        DayStatistics present = asOf(on);
        return new DayStatistics(present.day, present.previousCloseTicks, ticks, present.volume + quantity);
    }

    /** The same, unless a new day has begun meanwhile. */
    public DayStatistics asOf(LocalDate today) {
        return today.isAfter(day) ? opening(today, lastTicks) : this;
    }
}
