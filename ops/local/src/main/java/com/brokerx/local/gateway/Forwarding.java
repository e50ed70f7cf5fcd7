package com.brokerx.local.gateway;

import com.brokerx.local.gateway.RequestContext.Source;
import com.brokerx.local.gateway.TargetHealth.Failure;
import com.brokerx.local.gateway.config.KongFile.PassiveChecks;
import com.brokerx.local.gateway.config.KongFile.Route;
import com.brokerx.local.gateway.config.KongFile.Service;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.concurrent.TimeUnit;

/**
 * Sends a request on to a service and its answer back. Undertow's proxy does the work, WebSockets included; here its
 * failures get Kong's statuses and words, and every outcome counts for the target's health.
 */
final class Forwarding implements HttpHandler {

    private static final HttpString HTTP2_SETTINGS = new HttpString("HTTP2-Settings");

    private final HttpHandler proxy;
    private final PassiveChecks checks;
    private final int timeoutMillis;

    Forwarding(Service service, Route route, Balancer balancer) {
        this.checks = balancer.checks().passive();
        this.timeoutMillis = service.connectTimeout() + service.readTimeout();
        this.proxy = ProxyHandler.builder()
                .setProxyClient(new BalancedClient(balancer))
                .setMaxConnectionRetries(service.retries())
                .setMaxRequestTime(timeoutMillis)
                .setRewriteHostHeader(!route.preserveHost())
                .build();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        keepToThisConnection(exchange.getRequestHeaders());
        exchange.getRequestHeaders().remove(Headers.X_FORWARDED_HOST);
        exchange.addDefaultResponseListener(this::explain);
        exchange.addResponseCommitListener(this::report);
        proxy.handleRequest(exchange);
    }

    /** Of the wishes to change protocol only WebSocket's goes on, as with Kong; Java's HTTP client wishes for HTTP/2. */
    private static void keepToThisConnection(HeaderMap headers) {
        if (!"websocket".equalsIgnoreCase(headers.getFirst(Headers.UPGRADE))) {
            headers.remove(Headers.UPGRADE);
            headers.remove(HTTP2_SETTINGS);
            headers.put(Headers.CONNECTION, "keep-alive");
        }
    }

    /** Undertow has given up and set a bare status. */
    private boolean explain(HttpServerExchange exchange) {
        if (!exchange.isResponseChannelAvailable()) {
            return false;
        }
        RequestContext context = RequestContext.of(exchange);
        context.source = Source.ERROR;
        if (context.noPeer) {
            String message = "failure to get a peer from the ring-balancer";
            KongError.send(exchange, StatusCodes.SERVICE_UNAVAILABLE, message);
        } else if (isTimeOut(exchange, context)) {
            fail(context, Failure.TIMEOUT);
            KongError.send(exchange, StatusCodes.GATEWAY_TIME_OUT, "The upstream server is timing out");
        } else {
            fail(context, Failure.TCP);
            String message = "An invalid response was received from the upstream server";
            KongError.send(exchange, StatusCodes.BAD_GATEWAY, message);
        }
        return true;
    }

    /** Undertow ends a request that takes too long by closing its connection, which may be noticed before the status. */
    private boolean isTimeOut(HttpServerExchange exchange, RequestContext context) {
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - context.beganNanos);
        return exchange.getStatusCode() == StatusCodes.GATEWAY_TIME_OUT || elapsed >= timeoutMillis;
    }

    private void fail(RequestContext context, Failure failure) {
        if (context.target != null && context.sentNanos != 0) {
            context.target.health().failed(failure, checks.unhealthy());
        }
    }

    private void report(HttpServerExchange exchange) {
        RequestContext context = RequestContext.of(exchange);
        if (context.source != Source.ERROR) {
            context.source = Source.SERVICE;
            context.answeredNanos = System.nanoTime();
            context.target.health().answered(exchange.getStatusCode(), checks.healthy(), checks.unhealthy());
        }
    }
}
