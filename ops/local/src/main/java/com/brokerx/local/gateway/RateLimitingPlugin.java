package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.RateLimiting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

/** So many requests a minute for each consumer or address, counted for the whole scope that the plugin stands in. */
final class RateLimitingPlugin implements Plugin {

    private static final HttpString LIMIT = new HttpString("RateLimit-Limit");
    private static final HttpString REMAINING = new HttpString("RateLimit-Remaining");
    private static final HttpString RESET = new HttpString("RateLimit-Reset");
    private static final HttpString LIMIT_MINUTE = new HttpString("X-RateLimit-Limit-Minute");
    private static final HttpString REMAINING_MINUTE = new HttpString("X-RateLimit-Remaining-Minute");

    private final RateLimiting config;
    private final String scope;
    private final RateCounters counters;

    RateLimitingPlugin(RateLimiting config, String scope, RateCounters counters) {
        this.config = config;
        this.scope = scope;
        this.counters = counters;
    }

    @Override
    public int priority() {
        return 910;
    }

    @Override
    public HttpHandler access(HttpHandler next) {
        return exchange -> {
            RateCounters.Usage usage = counters.count(scope, caller(exchange), config.minute());
            HeaderMap headers = exchange.getResponseHeaders();
            headers.put(LIMIT, config.minute());
            headers.put(REMAINING, usage.remaining());
            headers.put(RESET, usage.resetSeconds());
            headers.put(LIMIT_MINUTE, config.minute());
            headers.put(REMAINING_MINUTE, usage.remaining());
            if (usage.allowed()) {
                next.handleRequest(exchange);
            } else {
                headers.put(Headers.RETRY_AFTER, usage.resetSeconds());
                KongError.send(exchange, StatusCodes.TOO_MANY_REQUESTS, "API rate limit exceeded");
            }
        };
    }

    private String caller(HttpServerExchange exchange) {
        String consumer = RequestContext.of(exchange).consumer;
        String address = exchange.getSourceAddress().getAddress().getHostAddress();
        return switch (config.limitBy()) {
            case CONSUMER -> consumer == null ? address : consumer;
            case IP -> address;
        };
    }
}
