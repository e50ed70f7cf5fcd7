package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.RequestTermination;
import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;

/** Answers by itself with a fixed body. */
final class RequestTerminationPlugin implements Plugin {

    private final RequestTermination config;

    RequestTerminationPlugin(RequestTermination config) {
        this.config = config;
    }

    @Override
    public int priority() {
        return 2;
    }

    @Override
    public HttpHandler access(HttpHandler next) {
        return exchange -> {
            exchange.setStatusCode(config.statusCode());
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, config.contentType());
            exchange.getResponseSender().send(config.body());
        };
    }
}
