package com.brokerx.orders.stream;

import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.trade.Trade;
import io.dropwizard.lifecycle.Managed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public channels. One thread owns them all: it takes what writers left, tells the readers and, of books that are owned here, the
 * other instances. What has to be read from storage or from another instance is read on a thread beside it.
 */
final class MarketStream implements Managed, MarketBoard.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(MarketStream.class);
    /** Trades that are read at once; where more are missing, readers begin anew. */
    private static final int READ_TRADES = 200;

    private final Instruments instruments;
    private final MarketData market;
    private final MarketCalendar calendar;
    private final StreamMetrics metrics;
    private final InstantSource clock;
    private final long conflationNanos;
    private final long refreshNanos;
    private final Map<String, SymbolFeed> symbols = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("stream-market").daemon().factory());
    private final ExecutorService reading = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("stream-market-reads").daemon().factory());
    private final FanOut fanOut;

    MarketStream(
            StreamSettings settings,
            Instruments instruments,
            MarketData market,
            MarketCalendar calendar,
            FanOut fanOut,
            StreamMetrics metrics,
            InstantSource clock) {
        this.instruments = instruments;
        this.market = market;
        this.calendar = calendar;
        this.fanOut = fanOut;
        this.metrics = metrics;
        this.clock = clock;
        conflationNanos = settings.conflation().toNanoseconds();
        refreshNanos = settings.refreshEvery().toNanoseconds();
    }

    @Override
    public void start() {
        thread.scheduleWithFixedDelay(this::refreshAll, refreshNanos, refreshNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stop() {
        thread.shutdownNow();
        reading.shutdownNow();
    }

    /** On the writer's thread. */
    @Override
    public void shown(BookSnapshot book) {
        leave(book, clock.instant());
    }

    /** On the writer's thread. */
    @Override
    public void traded(List<Trade> trades) {
        Instant now = clock.instant();
        trades.stream()
                .collect(Collectors.groupingBy(Trade::symbol))
                .forEach((symbol, some) -> leave(symbol, some, now));
    }

    /** Whether anybody here wants to know of the symbol. */
    boolean hasReaders(String symbol) {
        SymbolFeed feed = symbols.get(symbol);
        return feed != null && feed.isRead();
    }

    /** Another instance has told how a book stands that it owns, and of trades there, oldest first. */
    void receive(BookSnapshot book, List<TapeEntry> trades, Instant committedAt) {
        SymbolFeed feed = feed(book.symbol());
        schedule(
                () -> {
                    feed.show(book, committedAt);
                    if (feed.trades().add(trades, committedAt)) {
                        read(feed);
                    }
                },
                0);
    }

    private void leave(BookSnapshot book, Instant committedAt) {
        SymbolFeed feed = feed(book.symbol());
        if (feed.leave(book, committedAt)) {
            publishSoon(feed);
        }
    }

    private void leave(String symbol, List<Trade> trades, Instant committedAt) {
        SymbolFeed feed = feed(symbol);
        if (feed.leave(trades, committedAt)) {
            publishSoon(feed);
        }
    }

    private SymbolFeed feed(String symbol) {
        return symbols.computeIfAbsent(
                symbol, unknown -> new SymbolFeed(instruments.get(symbol), calendar, metrics, clock));
    }

    private void publishSoon(SymbolFeed feed) {
        long wait = feed.nanosToWait(System.nanoTime(), conflationNanos);
        schedule(() -> publish(feed), wait);
    }

    private void publish(SymbolFeed feed) {
        SymbolFeed.News news = feed.take(System.nanoTime());
        if (news.book() != null) {
            feed.show(news.book(), news.since());
        }
        if (news.tradesLost()) {
            metrics.overflowed("trades");
        }
        if (feed.trades().add(news.trades(), news.since()) || news.tradesLost()) {
            read(feed);
        }
        if (feed.shown() != null) {
            fanOut.tell(feed.shown(), news.trades(), news.since());
        }
    }

    /** From now on the connection gets the channel's updates. */
    Subscription subscribe(ChannelName name, Connection connection) {
        SymbolFeed feed = feed(name.symbol());
        schedule(() -> add(feed, name.kind(), connection), 0);
        return () -> schedule(() -> feed.remove(name.kind(), connection), 0);
    }

    private void add(SymbolFeed feed, ChannelName.Kind kind, Connection connection) {
        feed.add(kind, connection);
        if (feed.isBlank(kind)) {
            read(feed);
        }
    }

    /** The connection has read what was waiting for it. */
    void resume(Connection connection) {
        schedule(() -> symbols.values().forEach(feed -> feed.resume(connection)), 0);
    }

    /** Looks at everything that somebody reads, should an update of another instance have been lost, or a new day have begun. */
    private void refreshAll() {
        symbols.values().stream().filter(SymbolFeed::isRead).forEach(this::read);
    }

    private void read(SymbolFeed feed) {
        boolean tradesToo = feed.trades().hasReaders();
        try {
            reading.execute(() -> readQuietly(feed, tradesToo));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("stopping", stopping);
        }
    }

    private void readQuietly(SymbolFeed feed, boolean tradesToo) {
        try {
            Instrument instrument = feed.instrument();
            BookSnapshot book = market.of(instrument);
            List<TapeEntry> trades = tradesToo ? lastTrades(instrument) : List.of();
            schedule(() -> show(feed, book, trades), 0);
        } catch (RuntimeException failed) {
            LOG.warn(
                    "{} could not be read for the stream; trying again",
                    feed.instrument().symbol(),
                    failed);
        }
    }

    private List<TapeEntry> lastTrades(Instrument instrument) {
        return market.trades(instrument, Long.MAX_VALUE, READ_TRADES).reversed().stream()
                .map(trade -> TapeEntry.of(trade, instrument))
                .toList();
    }

    private static void show(SymbolFeed feed, BookSnapshot book, List<TapeEntry> trades) {
        feed.show(book, null);
        if (feed.trades().hasReaders()) {
            feed.trades().read(trades);
        }
    }

    private void schedule(Runnable work, long nanos) {
        try {
            thread.schedule(() -> run(work), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("stopping", stopping);
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.error("the stream's market channels failed", failed);
        }
    }
}
