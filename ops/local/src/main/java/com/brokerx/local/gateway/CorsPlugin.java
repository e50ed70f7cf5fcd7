package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.Cors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;

/** Tells browsers which pages may call, and answers their preflight requests before any key is asked for. */
final class CorsPlugin implements Plugin {

    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
    private static final HttpString ALLOW_CREDENTIALS = new HttpString("Access-Control-Allow-Credentials");
    private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
    private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
    private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
    private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

    private final Cors config;

    CorsPlugin(Cors config) {
        this.config = config;
    }

    @Override
    public int priority() {
        return 2000;
    }

    @Override
    public HttpHandler access(HttpHandler next) {
        return exchange -> {
            if (isPreflight(exchange)) {
                answerPreflight(exchange);
            } else {
                next.handleRequest(exchange);
            }
        };
    }

    private static boolean isPreflight(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        return exchange.getRequestMethod().equals(Methods.OPTIONS)
                && headers.contains(Headers.ORIGIN)
                && headers.contains(REQUEST_METHOD);
    }

    private void answerPreflight(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(ALLOW_METHODS, String.join(",", config.methods()));
        if (!config.headers().isEmpty()) {
            headers.put(ALLOW_HEADERS, String.join(",", config.headers()));
        } else if (exchange.getRequestHeaders().contains(REQUEST_HEADERS)) {
            headers.put(ALLOW_HEADERS, exchange.getRequestHeaders().getFirst(REQUEST_HEADERS));
        }
        if (config.maxAge() != null) {
            headers.put(MAX_AGE, config.maxAge());
        }
        exchange.endExchange();
    }

    @Override
    public void headers(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.add(Headers.VARY, "Origin");
        headers.remove(ALLOW_ORIGIN);
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        if (origin != null && config.origins().contains(origin)) {
            headers.put(ALLOW_ORIGIN, origin);
        }
        if (config.credentials()) {
            headers.put(ALLOW_CREDENTIALS, "true");
        }
        if (!config.exposedHeaders().isEmpty() && !isPreflight(exchange)) {
            headers.put(EXPOSE_HEADERS, String.join(",", config.exposedHeaders()));
        }
    }
}
