package com.brokerx.orders.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketCalendarTest {

    private static final MarketCalendar NEW_YORK = new MarketCalendar(new MarketHoursSettings(
            false,
            null,
            null,
            null,
            null,
            Set.of(LocalDate.parse("2026-01-01")),
            Map.of(LocalDate.parse("2026-11-27"), LocalTime.of(13, 0))));
    private static final MarketCalendar ALWAYS =
            new MarketCalendar(new MarketHoursSettings(true, ZoneId.of("UTC"), null, null, null, null, null));

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T14:30:00Z,true", // Monday, 9:30 in New York
        "2026-01-05T14:29:59Z,false",
        "2026-01-05T20:59:59Z,true",
        "2026-01-05T21:00:00Z,false",
        "2026-07-06T13:30:00Z,true", // the same in summer time
        "2026-01-03T16:00:00Z,false", // Saturday
        "2026-01-01T16:00:00Z,false", // a holiday
        "2026-11-27T17:59:59Z,true", // a half day
        "2026-11-27T18:00:00Z,false"
    })
    void opensAndClosesByTheClockOfTheExchange(Instant at, boolean open) {
        assertThat(NEW_YORK.isOpen(at)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T15:00:00Z,2026-01-05T21:00:00Z", // within the session
        "2026-01-05T12:00:00Z,2026-01-05T21:00:00Z", // before it
        "2026-01-02T21:00:00Z,2026-01-05T21:00:00Z", // Friday evening: Monday's session
        "2025-12-31T22:00:00Z,2026-01-02T21:00:00Z", // over a holiday
        "2026-11-27T15:00:00Z,2026-11-27T18:00:00Z", // on a half day
        "2026-11-27T18:00:00Z,2026-11-30T21:00:00Z" // after it
    })
    void aDayOrderExpiresWithItsSession(Instant placed, Instant expires) {
        assertThat(NEW_YORK.sessionEnd(placed)).isEqualTo(expires);
    }

    @ParameterizedTest
    @CsvSource({"09:30", "16:00", "17:00"})
    void anEarlyCloseLiesWithinTheUsualSession(LocalTime early) {
        assertThatThrownBy(() -> new MarketHoursSettings(
                        false, null, null, null, null, null, Map.of(LocalDate.parse("2026-11-27"), early)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMarketThatNeverClosesEndsItsDaysAtMidnight() {
        Instant saturday = Instant.parse("2026-01-03T23:59:59Z");

        assertThat(ALWAYS.isOpen(saturday)).isTrue();
        assertThat(ALWAYS.sessionEnd(saturday)).isEqualTo("2026-01-04T00:00:00Z");
    }
}
