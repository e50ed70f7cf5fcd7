package com.brokerx.orders.trade;

import com.brokerx.commons.batch.Listeners;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells those who listen in this process of executions once they are committed. What was missed, in a crash for example, stands in
 * the event logs.
 */
public final class ExecutionFeed {

    private final Listeners<Consumer<List<Execution>>> listeners = new Listeners<>();

    /** Has {@code listener} called after each commit, on the thread that made it; it has to be quick. */
    public void listen(Consumer<List<Execution>> listener) {
        listeners.add(listener);
    }

    public void committed(List<Execution> executions) {
        if (!executions.isEmpty()) {
            listeners.tell(listener -> listener.accept(executions));
        }
    }
}
