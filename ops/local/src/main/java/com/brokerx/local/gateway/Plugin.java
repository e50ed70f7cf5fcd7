package com.brokerx.local.gateway;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** One of Kong's plugins. Each has two moments: before the request goes on, and before the response's headers are sent. */
interface Plugin {

    /** Kong's own number: a higher one comes first. */
    int priority();

    /** Wraps what comes after it; a plugin that answers by itself does not call {@code next}. */
    default HttpHandler access(HttpHandler next) {
        return next;
    }

    /** Called for every response, also for one that another plugin gave or that no route matched. */
    default void headers(HttpServerExchange exchange) {}
}
