package com.brokerx.orders.writer;

/** A command on its way through the writer. */
final class Submission {

    private final OrderCommand command;
    private final long submittedNanos = System.nanoTime();
    private volatile boolean tried;

    Submission(OrderCommand command) {
        this.command = command;
    }

    OrderCommand command() {
        return command;
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
