package com.brokerx.local.gateway;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.Comparator;
import java.util.List;

/** What a request of one route goes through: its plugins in Kong's order, then the service, or whatever answers. */
final class Chain implements HttpHandler {

    private static final HttpString REQUEST_ID = new HttpString("X-Kong-Request-Id");

    private final String service;
    private final String route;
    private final List<Plugin> plugins;
    private final HttpHandler first;

    Chain(String service, String route, List<Plugin> plugins, HttpHandler last) {
        this.service = service;
        this.route = route;
        this.plugins = plugins.stream()
                .sorted(Comparator.comparingInt(Plugin::priority).reversed())
                .toList();
        HttpHandler handler = last;
        for (Plugin plugin : this.plugins.reversed()) {
            handler = plugin.access(handler);
        }
        this.first = handler;
    }

    /** Where no route matched, plugins have their say about the headers only. */
    static Chain withoutRoute(List<Plugin> plugins, HttpHandler answer) {
        return new Chain("", "", plugins.stream().map(Chain::headersOnly).toList(), answer);
    }

    private static Plugin headersOnly(Plugin plugin) {
        return new Plugin() {
            @Override
            public int priority() {
                return plugin.priority();
            }

            @Override
            public void headers(HttpServerExchange exchange) {
                plugin.headers(exchange);
            }
        };
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        RequestContext context = RequestContext.of(exchange);
        context.service = service;
        context.route = route;
        exchange.addResponseCommitListener(committing -> {
            plugins.forEach(plugin -> plugin.headers(committing));
            committing.getResponseHeaders().put(REQUEST_ID, context.requestId);
        });
        first.handleRequest(exchange);
    }
}
