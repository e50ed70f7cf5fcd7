package com.brokerx.commons.batch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who hear of what was committed, on the thread that did. It stays committed whatever they make of it: one that fails is
 * logged, so that it neither looks like a failed transaction nor keeps the others from hearing.
 *
 * @param <L> how they are told
 */
public final class Listeners<L> {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<L> listeners = new CopyOnWriteArrayList<>();

    public void add(L listener) {
        listeners.add(listener);
    }

    public void tell(Consumer<L> news) {
        for (L listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException failed) {
                LOG.error("a listener could not take in what was committed", failed);
            }
        }
    }
}
