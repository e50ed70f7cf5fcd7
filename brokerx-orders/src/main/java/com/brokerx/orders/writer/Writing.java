package com.brokerx.orders.writer;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.trade.ExecutionFeed;
import io.dropwizard.core.setup.Environment;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's parts, put together. */
public final class Writing {

    private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

    private final Leases leases;
    private final Forwarder forwarder;
    private final GroupCommit<Submission, CommandOutcome> writer;
    private final Books books;
    private final ExpiryTimer expiry;
    private final MarketBoard board;
    private final Function<URI, BooksFacade> facades;

    /** @param facades the facade of an instance at an address */
    public Writing(
            Jdbi jdbi,
            WriterSettings settings,
            String instanceId,
            Instruments instruments,
            MarketCalendar calendar,
            MarketBoard board,
            Outbox outbox,
            ExecutionFeed feed,
            Function<URI, BooksFacade> facades,
            WriterMetrics metrics,
            GroupCommit.Metrics batchMetrics,
            TimedWaits waits,
            InstantSource clock) {
        this.board = board;
        this.facades = facades;
        leases = new Leases(jdbi, settings.leases(), instruments, instanceId);
        leases.onLost(board::takeDown);
        BookWriter bookWriter = new BookWriter(
                jdbi,
                leases,
                new BookLoader(jdbi, instruments, calendar, clock),
                new CommandHandler(instruments, calendar),
                new BatchStore(leases, outbox),
                outbox,
                board,
                feed,
                metrics,
                clock);
        writer = new GroupCommit<>("orders-writer", settings.batches(), batchMetrics, bookWriter::write);
        forwarder = new Forwarder(jdbi, facades, settings.forwards(), batchMetrics);
        books = new Books(
                writer, leases, forwarder, metrics, waits, settings.patience().toJavaDuration());
        expiry = new ExpiryTimer(books, leases, settings.expiryEvery().toJavaDuration());
    }

    /** Has everything started and stopped with the application; the leases are given up last. */
    public void manage(Environment environment) {
        environment.lifecycle().manage(leases);
        environment.lifecycle().manage(writer);
        environment.lifecycle().manage(forwarder);
        environment.lifecycle().manage(expiry);
        environment.jersey().register(new BooksResource(books, leases, board));
    }

    public Books books() {
        return books;
    }

    public Leases leases() {
        return leases;
    }

    /** The book as its owner shows it, if that is another instance and it answers. */
    public Optional<BookSnapshot> askOwner(String symbol) {
        try {
            return leases.otherOwner(symbol)
                    .map(owner -> facades.apply(owner).book(symbol))
                    .map(BookSnapshot::of);
        } catch (UnavailableException silent) {
            LOG.debug("the owner of {} does not answer", symbol, silent);
            return Optional.empty();
        }
    }
}
