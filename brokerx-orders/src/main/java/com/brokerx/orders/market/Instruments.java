package com.brokerx.orders.market;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instruments, held in memory and looked up again every second, so that a halt is seen by every instance. */
public final class Instruments implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(Instruments.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final RepeatedTask looking = new RepeatedTask("instruments", LOOK_EVERY, this::refresh);
    private volatile Map<String, Instrument> bySymbol;

    public Instruments(Jdbi jdbi, List<InstrumentSettings> listed) {
        this.jdbi = jdbi;
        jdbi.useTransaction(tx -> tx.attach(InstrumentStore.class).listUnlessKnown(listed));
        refresh();
    }

    @Override
    public void start() {
        looking.start();
    }

    @Override
    public void stop() throws InterruptedException {
        looking.stop();
    }

    public Optional<Instrument> find(String symbol) {
        return Optional.ofNullable(bySymbol.get(symbol));
    }

    /**
     * The instrument of a stored order; it never goes away.
     *
     * @throws IllegalStateException when there is none
     */
    public Instrument get(String symbol) {
        return find(symbol).orElseThrow(() -> new IllegalStateException("no instrument " + symbol));
    }

    /** In the order of their symbols. */
    public Collection<Instrument> all() {
        return bySymbol.values();
    }

    /**
     * Changes what may be done with a symbol. Known here at once, and to the other instances within a second. What comes to the book
     * from then on is refused, also where the order was taken before.
     *
     * @return the instrument as it is now; empty where there is none
     */
    public Optional<Instrument> changeStatus(String symbol, InstrumentStatus status) {
        int changed = jdbi.inTransaction(tx -> tx.attach(InstrumentStore.class).setStatus(symbol, status.wireName()));
        refresh();
        if (changed > 0) {
            LOG.info("{} is {} now", symbol, status.wireName());
        }
        return find(symbol);
    }

    /** Looks at once; afterwards what was committed before is known here. */
    public void refresh() {
        Map<String, Instrument> fresh = new TreeMap<>();
        jdbi.withExtension(InstrumentStore.class, InstrumentStore::all)
                .forEach(instrument -> fresh.put(instrument.symbol(), instrument));
        bySymbol = fresh;
    }
}
