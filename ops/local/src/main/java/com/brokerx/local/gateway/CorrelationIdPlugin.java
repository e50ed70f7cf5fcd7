package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.CorrelationId;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.UUID;

/** Gives a request an id where the caller gave none, and sends it back. */
final class CorrelationIdPlugin implements Plugin {

    private final HttpString header;
    private final boolean echo;

    CorrelationIdPlugin(CorrelationId config) {
        this.header = new HttpString(config.headerName());
        this.echo = config.echoDownstream();
    }

    @Override
    public int priority() {
        return 100_001;
    }

    @Override
    public HttpHandler access(HttpHandler next) {
        return exchange -> {
            ensure(exchange);
            next.handleRequest(exchange);
        };
    }

    private String ensure(HttpServerExchange exchange) {
        String id = exchange.getRequestHeaders().getFirst(header);
        if (id == null || id.isEmpty()) {
            id = UUID.randomUUID().toString();
            exchange.getRequestHeaders().put(header, id);
        }
        return id;
    }

    @Override
    public void headers(HttpServerExchange exchange) {
        if (echo) {
            exchange.getResponseHeaders().put(header, ensure(exchange));
        }
    }
}
