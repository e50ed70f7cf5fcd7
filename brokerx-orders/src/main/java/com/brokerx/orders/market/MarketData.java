package com.brokerx.orders.market;

import com.brokerx.orders.book.Depth;
import com.brokerx.orders.trade.Trade;
import com.brokerx.orders.trade.TradeStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * What symbols are worth and how their books stand. Books that this instance owns are read from the board; others are asked of
 * their owners, at most once in a short while. While a book has no owner its last known state counts.
 */
public final class MarketData {

    private static final Duration FRESH = Duration.ofMillis(200);
    /** Older than that of any owner. */
    private static final long NO_EPOCH = 0;

    private final MarketBoard board;
    private final Function<String, Optional<BookSnapshot>> owners;
    private final Jdbi jdbi;
    private final MarketCalendar calendar;
    private final InstantSource clock;
    private final Cache<String, BookSnapshot> remote =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build();
    private final Map<String, BookSnapshot> lastKnown = new ConcurrentHashMap<>();

    /** @param owners asks the instance that owns a book; empty when it cannot be asked */
    public MarketData(
            MarketBoard board,
            Function<String, Optional<BookSnapshot>> owners,
            Jdbi jdbi,
            MarketCalendar calendar,
            InstantSource clock) {
        this.board = board;
        this.owners = owners;
        this.jdbi = jdbi;
        this.calendar = calendar;
        this.clock = clock;
    }

    public BookSnapshot of(Instrument instrument) {
        return board.find(instrument.symbol())
                .orElseGet(() -> remote.get(instrument.symbol(), symbol -> fetch(instrument)));
    }

    /** The last trades before a sequence, newest first. */
    public List<Trade> trades(Instrument instrument, long before, int limit) {
        return jdbi.withHandle(handle -> TradeStore.ofSymbol(handle, instrument.symbol(), before, limit));
    }

    /**
     * Newest first, whole bars also where {@code from} falls into one.
     *
     * @param before the starts of all bars lie before it
     */
    List<Bar> bars(Instrument instrument, BarInterval interval, Instant from, Instant before, int limit) {
        return jdbi.withHandle(
                handle -> BarStore.bars(handle, instrument, interval, calendar.zone(), from, before, limit));
    }

    private BookSnapshot fetch(Instrument instrument) {
        return owners.apply(instrument.symbol())
                .map(this::remember)
                .or(() -> Optional.ofNullable(lastKnown.get(instrument.symbol())))
                .orElseGet(() -> withoutBook(instrument));
    }

    private BookSnapshot remember(BookSnapshot snapshot) {
        lastKnown.put(snapshot.symbol(), snapshot);
        return snapshot;
    }

    /** Only what has traded, for a symbol whose book nobody has at the moment. */
    private BookSnapshot withoutBook(Instrument instrument) {
        Instant now = clock.instant();
        return new BookSnapshot(
                instrument.symbol(),
                NO_EPOCH,
                new Depth(List.of(), List.of(), 0),
                0,
                jdbi.withHandle(handle -> BarStore.dayStatistics(handle, instrument, calendar, now)),
                now);
    }
}
