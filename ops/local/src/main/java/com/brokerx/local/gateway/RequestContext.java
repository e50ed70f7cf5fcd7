package com.brokerx.local.gateway;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.UUID;

/** What the gateway learns about a request on its way. */
final class RequestContext {

    private static final AttachmentKey<RequestContext> KEY = AttachmentKey.create(RequestContext.class);

    /** Who made the answer; Kong's metrics tell them apart. */
    enum Source {
        EXIT,
        SERVICE,
        ERROR
    }

    final String requestId = UUID.randomUUID().toString().replace("-", "");
    final long beganNanos = System.nanoTime();
    String service = "";
    String route = "";
    String consumer;
    Target target;
    Source source = Source.EXIT;
    boolean noPeer;
    long sentNanos;
    long answeredNanos;

    static RequestContext of(HttpServerExchange exchange) {
        RequestContext context = exchange.getAttachment(KEY);
        if (context == null) {
            context = new RequestContext();
            exchange.putAttachment(KEY, context);
        }
        return context;
    }
}
