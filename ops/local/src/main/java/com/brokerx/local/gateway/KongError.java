package com.brokerx.local.gateway;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** The gateway's own refusals, in Kong's words and shape. */
final class KongError {

    private KongError() {}

    static void send(HttpServerExchange exchange, int status, String message) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseSender()
                .send("{\n  \"message\":\"%s\",\n  \"request_id\":\"%s\"\n}"
                        .formatted(message, RequestContext.of(exchange).requestId));
    }
}
