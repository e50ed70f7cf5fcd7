package com.brokerx.local.bench;

/** What a {@link LoadGenerator} sends. Called by its one thread only. */
interface Traffic {

    Request next();

    void answered(Request request, Response response);
}
