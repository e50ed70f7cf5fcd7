package com.brokerx.portfolios.settlement;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.outbox.Inbox;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets events that nobody will send again. Every instance does it; that does no harm. */
public final class InboxCleaner implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(InboxCleaner.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** Far longer than any sender keeps trying; a trade is known by its settlement for ever. */
    private static final int DAYS_KEPT = 30;

    private final Jdbi jdbi;
    private final RepeatedTask task = new RepeatedTask("inbox-cleaner", EVERY, EVERY, this::clean);

    public InboxCleaner(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void start() {
        task.start();
    }

    @Override
    public void stop() throws InterruptedException {
        task.stop();
    }

    private void clean() {
        int forgotten = jdbi.inTransaction(tx -> Inbox.purge(tx, DAYS_KEPT));
        LOG.debug("forgot {} events", forgotten);
    }
}
