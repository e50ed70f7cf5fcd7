package com.brokerx.orders.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * When the market is open. DAY orders expire at the end of the session; of a market that never closes, at midnight.
 *
 * @param alwaysOpen round the clock, weekends too; false if left out
 * @param zone where the hours are told; America/New_York if left out
 * @param open beginning of the session; 09:30 if left out
 * @param close its end; 16:00 if left out
 * @param days the days of the week with a session; Monday to Friday if left out
 * @param holidays days without a session
 * @param earlyCloses days whose session ends earlier than usual, and when
 */
public record MarketHoursSettings(
        boolean alwaysOpen,
        ZoneId zone,
        LocalTime open,
        LocalTime close,
        Set<DayOfWeek> days,
        Set<LocalDate> holidays,
        Map<LocalDate, LocalTime> earlyCloses) {

    public MarketHoursSettings {
        zone = zone == null ? ZoneId.of("America/New_York") : zone;
        open = open == null ? LocalTime.of(9, 30) : open;
        close = close == null ? LocalTime.of(16, 0) : close;
        days = days == null ? EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY) : Set.copyOf(days);
        holidays = holidays == null ? Set.of() : Set.copyOf(holidays);
        earlyCloses = earlyCloses == null ? Map.of() : Map.copyOf(earlyCloses);
        for (LocalTime early : earlyCloses.values()) {
            if (!open.isBefore(early) || !early.isBefore(close)) {
                throw new IllegalArgumentException("an early close lies between the opening and the usual close");
            }
        }
        if (days.isEmpty() || !open.isBefore(close)) {
            throw new IllegalArgumentException("a market has at least one day, on which it opens before it closes");
        }
    }
}
