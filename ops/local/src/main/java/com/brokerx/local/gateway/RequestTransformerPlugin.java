package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.RequestTransformer;
import io.undertow.server.HttpHandler;

/** Removes headers from the request. */
final class RequestTransformerPlugin implements Plugin {

    private final RequestTransformer config;

    RequestTransformerPlugin(RequestTransformer config) {
        this.config = config;
    }

    @Override
    public int priority() {
        return 801;
    }

    @Override
    public HttpHandler access(HttpHandler next) {
        return exchange -> {
            config.remove().headers().forEach(exchange.getRequestHeaders()::remove);
            next.handleRequest(exchange);
        };
    }
}
