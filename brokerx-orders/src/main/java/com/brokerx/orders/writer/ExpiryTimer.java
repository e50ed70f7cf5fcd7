package com.brokerx.orders.writer;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.problem.UnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the writer end the orders whose time is over, every now and then, in all books that this instance owns. As the writer builds a book
 * for its first command, this also makes books ready soon after they were taken over.
 */
final class ExpiryTimer implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryTimer.class);

    private final Books books;
    private final Leases leases;
    private final RepeatedTask timer;

    ExpiryTimer(Books books, Leases leases, Duration every) {
        this.books = books;
        this.leases = leases;
        this.timer = new RepeatedTask("expiry", every, this::expireAll);
    }

    @Override
    public void start() {
        leases.onTaken(symbol -> timer.runSoon());
        timer.start();
    }

    @Override
    public void stop() throws InterruptedException {
        timer.stop();
    }

    private void expireAll() {
        leases.heldSymbols().forEach(this::expireQuietly);
    }

    private void expireQuietly(String symbol) {
        try {
            while (books.submitHere(new OrderCommand.ExpireDue(symbol)).join() instanceof CommandOutcome.Expired(int n)
                    && n > 0) {
                LOG.info("{} orders of {} expired", n, symbol);
            }
        } catch (UnavailableException full) {
            LOG.debug("the writer is busy; expiring later", full);
        } catch (RuntimeException failed) {
            LOG.warn("orders of {} could not be expired; trying again", symbol, failed);
        }
    }
}
