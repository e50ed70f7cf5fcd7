package com.brokerx.orders.stream;

import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.Quote;
import com.brokerx.orders.trade.Trade;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One symbol's three channels, and the box where writers leave what they committed. Of the book only the newest state is kept; of
 * trades a bounded number, as those beyond it can be read where they are stored.
 */
final class SymbolFeed {

    private static final int KEPT_TRADES = 10_000;

    /**
     * What writers left.
     *
     * @param book null where the book has not changed
     * @param since when the first of it was committed
     */
    record News(BookSnapshot book, List<TapeEntry> trades, boolean tradesLost, Instant since) {}

    private final Instrument instrument;
    private final MarketCalendar calendar;
    private final InstantSource clock;
    private final QuoteChannel quotes;
    private final BookChannel book;
    private final TradeChannel trades;

    private final AtomicReference<BookSnapshot> leftBook = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Trade> leftTrades = new ConcurrentLinkedQueue<>();
    private final AtomicInteger leftTradesCount = new AtomicInteger();
    private final AtomicBoolean tradesLost = new AtomicBoolean();
    private final AtomicReference<Instant> leftSince = new AtomicReference<>();

    /** Touched by the market's thread only, as are the channels. */
    private BookSnapshot shown;

    private volatile long publishedNanos = Long.MIN_VALUE / 2;
    private volatile boolean read;

    SymbolFeed(Instrument instrument, MarketCalendar calendar, StreamMetrics metrics, InstantSource clock) {
        this.instrument = instrument;
        this.calendar = calendar;
        this.clock = clock;
        quotes = new QuoteChannel(instrument.symbol(), metrics, clock);
        book = new BookChannel(instrument, metrics, clock);
        trades = new TradeChannel(instrument.symbol(), metrics, clock);
    }

    Instrument instrument() {
        return instrument;
    }

    /** The book as it is shown; null as long as it is not known. */
    BookSnapshot shown() {
        return shown;
    }

    /**
     * Leaves the newest state of the book; any thread may.
     *
     * @return whether the box was empty, so that somebody has to be told
     */
    boolean leave(BookSnapshot latest, Instant committedAt) {
        leftBook.accumulateAndGet(latest, (before, now) -> before != null && before.isNewerThan(now) ? before : now);
        return leftSince.compareAndSet(null, committedAt);
    }

    /** Leaves trades, oldest first; as {@link #leave(BookSnapshot, Instant)}. */
    boolean leave(List<Trade> latest, Instant committedAt) {
        if (leftTradesCount.addAndGet(latest.size()) > KEPT_TRADES) {
            leftTradesCount.addAndGet(-latest.size());
            tradesLost.set(true);
        } else {
            leftTrades.addAll(latest);
        }
        return leftSince.compareAndSet(null, committedAt);
    }

    /** Takes what was left. */
    News take(long nowNanos) {
        publishedNanos = nowNanos;
        // First of all, so that what is left from here on is told of again.
        Instant since = leftSince.getAndSet(null);
        List<TapeEntry> taken = new ArrayList<>();
        for (Trade trade = leftTrades.poll(); trade != null; trade = leftTrades.poll()) {
            taken.add(TapeEntry.of(trade, instrument));
        }
        leftTradesCount.addAndGet(-taken.size());
        return new News(leftBook.getAndSet(null), taken, tradesLost.getAndSet(false), since);
    }

    /** How long the next updates have to wait so that they do not follow the last ones too quickly. */
    long nanosToWait(long nowNanos, long atLeast) {
        return Math.max(0, publishedNanos + atLeast - nowNanos);
    }

    void add(ChannelName.Kind kind, Connection connection) {
        channel(kind).add(connection);
        read = true;
    }

    void remove(ChannelName.Kind kind, Connection connection) {
        channel(kind).remove(connection);
        read = quotes.hasReaders() || book.hasReaders() || trades.hasReaders();
        if (!trades.hasReaders()) {
            trades.forget();
        }
    }

    /** Whether the channel has nothing to tell yet. */
    boolean isBlank(ChannelName.Kind kind) {
        return channel(kind).state() == null;
    }

    private MarketChannel channel(ChannelName.Kind kind) {
        return switch (kind) {
            case QUOTES -> quotes;
            case BOOK -> book;
            case TRADES -> trades;
            case ORDERS -> throw new IllegalArgumentException("orders are no market channel");
        };
    }

    /**
     * Shows the state unless a newer one is shown already.
     *
     * @param committedAt null where it is not known
     */
    void show(BookSnapshot latest, Instant committedAt) {
        if (shown != null && shown.isNewerThan(latest)) {
            return;
        }
        shown = latest;
        quotes.update(Quote.of(instrument, latest, calendar.dayOf(clock.instant())), committedAt);
        book.update(latest.depth(), committedAt);
    }

    TradeChannel trades() {
        return trades;
    }

    /** Whether anybody reads one of the channels; any thread may ask. */
    boolean isRead() {
        return read;
    }

    void resume(Connection connection) {
        quotes.resume(connection);
        book.resume(connection);
        trades.resume(connection);
    }
}
