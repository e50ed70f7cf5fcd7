package com.brokerx.portfolios.ledger;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals entries shortly after they were committed. Entries become visible in the order of commits, not of their numbers, and none may come
 * in below a seal; so a round notes how far the entries go, and seals up to there only once every transaction of that moment has
 * ended (docs/decisions/0006-ledger.md).
 */
public final class Sealer implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    private final Jdbi jdbi;
    private final SealSettings settings;
    private final RepeatedTask task;
    private SealStore.Horizon noted = new SealStore.Horizon(0, 0);

    public Sealer(Jdbi jdbi, SealSettings settings) {
        this.jdbi = jdbi;
        this.settings = settings;
        Duration interval = settings.interval().toJavaDuration();
        this.task = new RepeatedTask("ledger-sealer", interval, interval, this::seal);
    }

    @Override
    public void start() {
        task.start();
    }

    @Override
    public void stop() throws InterruptedException {
        task.stop();
    }

    /** One round. */
    public synchronized void seal() {
        long oldest = jdbi.withExtension(SealStore.class, SealStore::oldestTransaction);
        if (oldest < noted.nextTransaction()) {
            return;
        }
        while (sealBlock(noted.lastEntry())) {
            LOG.debug("sealed a block up to {}", noted.lastEntry());
        }
        noted = jdbi.withExtension(SealStore.class, SealStore::horizon);
    }

    private boolean sealBlock(long upTo) {
        return jdbi.inTransaction(tx -> {
            SealStore store = tx.attach(SealStore.class);
            return store.lock() && store.sealNext(upTo, settings.blockSize()) > 0;
        });
    }
}
