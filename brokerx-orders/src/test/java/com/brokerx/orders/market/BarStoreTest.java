package com.brokerx.orders.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.id.Ids;
import com.brokerx.orders.book.Side;
import com.brokerx.orders.trade.Trade;
import com.brokerx.orders.trade.TradeStore;
import com.brokerx.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BarStoreTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    /** Three hours before midnight in New York. */
    private static final Instant EVENING = Instant.parse("2026-03-05T02:00:00Z");

    private static final int ALL = 1_000;

    private final Instrument instrument = TestInstruments.quiet();
    private final Jdbi jdbi = TestDatabase.migrated("orders/migrations.xml").jdbi();
    private final List<Trade> trades = new ArrayList<>();
    private int committed;

    @BeforeEach
    void listInstruments() {
        new Instruments(
                jdbi,
                List.of(new InstrumentSettings(
                        instrument.symbol(),
                        "Quiet",
                        null,
                        null,
                        null,
                        instrument.toPrice(10_000),
                        null,
                        null,
                        null,
                        false)));
        jdbi.useHandle(BarStore::prepare);
    }

    private void trade(Instant at, long ticks, long quantity) {
        Trade.Party party = new Trade.Party(new UUID(0, 1), new UUID(0, 2), 0);
        trades.add(new Trade(
                Ids.next(),
                instrument.symbol(),
                trades.size() + 1,
                ticks,
                quantity,
                party,
                party,
                Side.BUY,
                at.truncatedTo(ChronoUnit.MICROS)));
    }

    private void commit() {
        jdbi.useTransaction(tx -> {
            Pipeline pipeline = new Pipeline(tx);
            TradeStore.insert(pipeline, trades.subList(committed, trades.size()));
            pipeline.run();
        });
        committed = trades.size();
    }

    private long follow(int limit) {
        return jdbi.withHandle(handle -> BarStore.follow(handle, NEW_YORK, limit));
    }

    private List<Bar> bars(BarInterval interval, Instant from, Instant before, int limit) {
        return jdbi.withHandle(handle -> BarStore.bars(handle, instrument, interval, NEW_YORK, from, before, limit));
    }

    private List<Bar> bars(BarInterval interval) {
        return bars(interval, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), ALL);
    }

    private DayStatistics statistics(Instant now) {
        MarketCalendar calendar =
                new MarketCalendar(new MarketHoursSettings(true, NEW_YORK, null, null, null, null, null));
        return jdbi.withHandle(handle -> BarStore.dayStatistics(handle, instrument, calendar, now));
    }

    /** Bars by the book, from all trades. */
    private List<Bar> expected(BarInterval interval) {
        Map<Instant, List<Trade>> byStart = trades.stream()
                .collect(Collectors.groupingBy(
                        trade -> start(interval, trade.executedAt()),
                        () -> new TreeMap<>(Comparator.<Instant>reverseOrder()),
                        Collectors.toList()));
        return byStart.entrySet().stream()
                .map(entry -> expected(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Bar expected(Instant start, List<Trade> inOrder) {
        Function<Trade, Long> price = Trade::priceTicks;
        return new Bar(
                start,
                instrument.toPrice(inOrder.getFirst().priceTicks()),
                instrument.toPrice(
                        inOrder.stream().map(price).max(Long::compare).orElseThrow()),
                instrument.toPrice(
                        inOrder.stream().map(price).min(Long::compare).orElseThrow()),
                instrument.toPrice(inOrder.getLast().priceTicks()),
                inOrder.stream().mapToLong(Trade::quantity).sum(),
                inOrder.size());
    }

    private static Instant start(BarInterval interval, Instant at) {
        return switch (interval) {
            case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES);
            case FIVE_MINUTES -> Instant.ofEpochSecond(at.getEpochSecond() / 300 * 300);
            case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
            case DAY -> LocalDate.ofInstant(at, NEW_YORK).atStartOfDay(NEW_YORK).toInstant();
        };
    }

    private void assertAllBarsAreRight() {
        for (BarInterval interval : BarInterval.values()) {
            assertThat(bars(interval)).as(interval.wireName()).isEqualTo(expected(interval));
        }
    }

    @Test
    void countsEveryTradeOnceWhereverTheFollowerStands() {
        Random random = new Random(4);
        Instant at = EVENING;
        for (int batch = 0; batch < 10; batch++) {
            for (int i = 0; i < 15; i++) {
                at = at.plusMillis(random.nextInt(300_000));
                trade(at, 9_000 + random.nextInt(2_000), 1 + random.nextInt(100));
            }
            commit();
            assertAllBarsAreRight();
            follow(1 + random.nextInt(20));
            assertAllBarsAreRight();
        }
        while (follow(25) > 0) {
            assertAllBarsAreRight();
        }
        assertThat(expected(BarInterval.DAY)).as("a night passed").hasSizeGreaterThan(1);
    }

    @Test
    void countsEveryTradeOnceThoughSeveralFollow() {
        for (int i = 0; i < 300; i++) {
            trade(EVENING.plusSeconds(i), 10_000 + i, 1);
        }
        commit();
        List<CompletableFuture<Void>> followers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            followers.add(CompletableFuture.runAsync(() -> {
                while (unfollowed() > 0) {
                    follow(9);
                }
            }));
        }
        followers.forEach(CompletableFuture::join);
        assertAllBarsAreRight();
    }

    private long unfollowed() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT :all - sequence FROM bar_cursors WHERE symbol = :symbol")
                        .bind("all", trades.size())
                        .bind("symbol", instrument.symbol())
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void showsPagesAndTheWholeOfTheBarThatAPeriodBeginsIn() {
        for (int minute = 0; minute < 10; minute++) {
            trade(EVENING.plus(Duration.ofMinutes(minute)).plusSeconds(10), 10_000, 1);
            trade(EVENING.plus(Duration.ofMinutes(minute)).plusSeconds(50), 10_001, 1);
        }
        commit();
        follow(13);
        Instant from = EVENING.plus(Duration.ofMinutes(3)).plusSeconds(30);
        Instant before = EVENING.plus(Duration.ofMinutes(8));

        List<Bar> page = bars(BarInterval.MINUTE, from, before, 3);
        List<Bar> rest = bars(BarInterval.MINUTE, from, page.getLast().start(), 3);

        List<Bar> all = expected(BarInterval.MINUTE);
        assertThat(page).isEqualTo(all.subList(2, 5));
        assertThat(rest).isEqualTo(all.subList(5, 7));
        assertThat(rest.getLast().trades()).isEqualTo(2);
    }

    @Test
    void measuresTheDayAgainstTheLastPriceBeforeIt() {
        assertThat(statistics(EVENING)).isEqualTo(new DayStatistics(LocalDate.of(2026, 3, 4), 10_000, 10_000, 0));

        trade(EVENING, 10_100, 5);
        trade(EVENING.plusSeconds(60), 10_200, 7);
        commit();
        assertThat(statistics(EVENING.plusSeconds(120)))
                .isEqualTo(new DayStatistics(LocalDate.of(2026, 3, 4), 10_000, 10_200, 12));
        follow(1);

        Instant morning = EVENING.plus(Duration.ofHours(9));
        assertThat(statistics(morning)).isEqualTo(new DayStatistics(LocalDate.of(2026, 3, 5), 10_200, 10_200, 0));
        trade(morning, 10_050, 3);
        commit();
        assertThat(statistics(morning)).isEqualTo(new DayStatistics(LocalDate.of(2026, 3, 5), 10_200, 10_050, 3));
    }
}
