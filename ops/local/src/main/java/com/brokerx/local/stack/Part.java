package com.brokerx.local.stack;

import java.io.IOException;

/** One process of the stack: how it is started, asked for its health, and ended. */
interface Part {

    String name();

    /** Where a person finds it. */
    String address();

    /** Starts the process, which is a child of ours, so that it is reaped when it dies. Returns before it is healthy. */
    Process start() throws IOException, InterruptedException;

    boolean isHealthy();

    /** Ends the process in its own clean way, or by force when that takes too long. */
    void end(ProcessHandle process);
}
