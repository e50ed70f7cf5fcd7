package com.brokerx.orders.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Knows the sessions of the market. */
public final class MarketCalendar {

    private final MarketHoursSettings hours;

    public MarketCalendar(MarketHoursSettings hours) {
        this.hours = hours;
    }

    public boolean isOpen(Instant at) {
        if (hours.alwaysOpen()) {
            return true;
        }
        LocalDate day = dayOf(at);
        return isSessionDay(day) && !at.isBefore(opening(day)) && at.isBefore(end(day));
    }

    /** The end of the session that is running, or of the next one: when a DAY order placed now expires. */
    public Instant sessionEnd(Instant at) {
        LocalDate day = dayOf(at);
        while (!isSessionDay(day) || !at.isBefore(end(day))) {
            day = day.plusDays(1);
        }
        return end(day);
    }

    /** The day that trades at this time count for. */
    public LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, hours.zone());
    }

    /** Where the market is. */
    ZoneId zone() {
        return hours.zone();
    }

    /** When a day begins, for statistics. */
    public Instant startOf(LocalDate day) {
        return day.atStartOfDay(hours.zone()).toInstant();
    }

    private boolean isSessionDay(LocalDate day) {
        return hours.alwaysOpen()
                || (hours.days().contains(day.getDayOfWeek())
                        && !hours.holidays().contains(day));
    }

    private Instant opening(LocalDate day) {
        return day.atTime(hours.open()).atZone(hours.zone()).toInstant();
    }

    private Instant end(LocalDate day) {
        return hours.alwaysOpen()
                ? startOf(day.plusDays(1))
                : day.atTime(hours.earlyCloses().getOrDefault(day, hours.close()))
                        .atZone(hours.zone())
                        .toInstant();
    }
}
