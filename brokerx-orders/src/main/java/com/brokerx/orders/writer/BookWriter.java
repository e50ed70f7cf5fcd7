package com.brokerx.orders.writer;

import com.brokerx.commons.database.Database;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.Span;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderStore;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ExecutionFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies commands to the books in memory and commits what that changes, a batch in one transaction. If that fails, the books it
 * touched are forgotten and built anew from what is stored. Used by one thread.
 */
final class BookWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BookWriter.class);
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);
    /** An order that was stored longer ago may meanwhile have been brought to its book by somebody else. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final Leases leases;
    private final BookLoader loader;
    private final CommandHandler handler;
    private final BatchStore store;
    private final Outbox outbox;
    private final MarketBoard board;
    private final ExecutionFeed feed;
    private final WriterMetrics metrics;
    private final InstantSource clock;
    private final Map<String, SymbolBook> books = new HashMap<>();
    private final Map<String, Long> lastSequences = new HashMap<>();
    private final RecentOrders recent = new RecentOrders();

    BookWriter(
            Jdbi jdbi,
            Leases leases,
            BookLoader loader,
            CommandHandler handler,
            BatchStore store,
            Outbox outbox,
            MarketBoard board,
            ExecutionFeed feed,
            WriterMetrics metrics,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.leases = leases;
        this.loader = loader;
        this.handler = handler;
        this.store = store;
        this.outbox = outbox;
        this.board = board;
        this.feed = feed;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Does all of them in one transaction, or none.
     *
     * @throws UnavailableException when the database cannot be reached
     */
    List<CommandOutcome> write(List<Submission> submissions) {
        try {
            return tryToWrite(submissions);
        } catch (OutrunException outrun) {
            LOG.warn(
                    "nothing was written of {} commands, they are done again: {}",
                    submissions.size(),
                    outrun.getMessage());
            return tryToWrite(submissions);
        }
    }

    private List<CommandOutcome> tryToWrite(List<Submission> submissions) {
        Batch batch = new Batch(clock.instant().truncatedTo(ChronoUnit.MICROS));
        try {
            List<CommandOutcome> outcomes = carryOut(submissions, batch);
            commit(batch);
            return outcomes;
        } catch (RuntimeException failed) {
            batch.books().forEach(book -> forget(book.symbol()));
            submissions.forEach(Submission::tried);
            if (Database.isUnreachable(failed)) {
                throw new UnavailableException("the database", DATABASE_RETRY, failed);
            }
            if (Database.isContended(failed)) {
                throw new OutrunException("others were at the same rows", failed);
            }
            throw failed;
        }
    }

    private List<CommandOutcome> carryOut(List<Submission> submissions, Batch batch) {
        Map<UUID, Order> looked = lookUp(submissions, batch.now());
        List<CommandOutcome> outcomes = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            SymbolBook book = bookOf(submission.command().symbol());
            // Events that this causes carry on the trace of the request that wants it.
            try (Span span = Span.consumer("orders.book", submission.cause())) {
                outcomes.add(
                        book == null
                                ? new CommandOutcome.NotOwner()
                                : handler.carryOut(submission.command(), book, batch, looked));
            }
        }
        return outcomes;
    }

    /** The orders that are not in the books, as they are stored; of new ones only those that may have been placed before. */
    private Map<UUID, Order> lookUp(List<Submission> submissions, Instant now) {
        List<UUID> wanted = new ArrayList<>();
        for (Submission submission : submissions) {
            switch (submission.command()) {
                case OrderCommand.Place place -> {
                    if (submission.wasTried() || !isFresh(place, now)) {
                        wanted.add(place.orderId());
                    }
                    recent.add(place.orderId(), now);
                }
                case OrderCommand.OfOrder other -> {
                    SymbolBook book = books.get(other.symbol());
                    if (book == null || book.find(other.orderId()) == null) {
                        wanted.add(other.orderId());
                        // It may end an order that is yet to be placed.
                        recent.add(other.orderId(), now);
                    }
                }
                case OrderCommand.ExpireDue due -> {
                    // The book knows which they are.
                }
            }
        }
        return wanted.isEmpty() ? Map.of() : jdbi.withHandle(handle -> OrderStore.findAll(handle, wanted));
    }

    private boolean isFresh(OrderCommand.Place place, Instant now) {
        return place.fresh() != null
                && place.fresh().ticket().createdAt().plus(FRESH).isAfter(now)
                && !recent.contains(place.orderId());
    }

    /** The book if it is ours, built if need be; null otherwise. */
    private SymbolBook bookOf(String symbol) {
        SymbolBook book = books.get(symbol);
        Long epoch = leases.epochOf(symbol).orElse(null);
        if (book != null && (epoch == null || epoch != book.epoch())) {
            forget(symbol);
            book = null;
        }
        if (book == null && epoch != null) {
            long started = System.nanoTime();
            book = loader.load(symbol, epoch, lastSequences.getOrDefault(symbol, 0L));
            books.put(symbol, book);
            board.show(book.snapshot(clock.instant()));
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            metrics.built(symbol, took);
            metrics.openOrders(symbol, book.openOrders());
            LOG.info("built the book of {} with {} open orders in {} ms", symbol, book.openOrders(), took.toMillis());
        }
        return book;
    }

    private void forget(String symbol) {
        SymbolBook book = books.remove(symbol);
        if (book != null) {
            lastSequences.put(symbol, book.book().sequence());
            board.takeDown(symbol);
        }
    }

    private void commit(Batch batch) {
        if (batch.books().isEmpty()) {
            return;
        }
        List<Execution> executions = jdbi.inTransaction(tx -> store.store(tx, batch));
        if (batch.isEmpty()) {
            return;
        }
        for (SymbolBook book : batch.books()) {
            BookSnapshot snapshot = book.snapshot(batch.now());
            board.show(snapshot);
            metrics.openOrders(book.symbol(), book.openOrders());
        }
        board.traded(batch.trades());
        feed.committed(executions);
        metrics.committed(executions, batch.trades().size());
        outbox.wake(batch.events());
    }
}
