package com.brokerx.orders.writer;

import com.brokerx.commons.trace.TraceContext;
import java.util.List;

/** A command on its way through the writer. */
final class Submission {

    private final OrderCommand command;
    private final long submittedNanos = System.nanoTime();
    private final List<String> cause = TraceContext.currentHeader().stream().toList();
    private volatile boolean tried;

    Submission(OrderCommand command) {
        this.command = command;
    }

    OrderCommand command() {
        return command;
    }

    /** Where the request that wants this stands in a trace; nothing where no request does. */
    List<String> cause() {
        return cause;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    /** A batch with this command failed; whether it was committed is not certain. */
    void tried() {
        tried = true;
    }

    boolean wasTried() {
        return tried;
    }
}
