package com.brokerx.local.gateway;

import com.brokerx.local.gateway.TargetHealth.Failure;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Gives Undertow's proxy the connection to a target that is up; what it asks for again after a failure is the next one. */
final class BalancedClient implements ProxyClient {

    private static final ProxyTarget ANY = new ProxyTarget() {};

    private final Balancer balancer;

    BalancedClient(Balancer balancer) {
        this.balancer = balancer;
    }

    @Override
    public ProxyTarget findTarget(HttpServerExchange exchange) {
        return ANY;
    }

    @Override
    public void getConnection(
            ProxyTarget any,
            HttpServerExchange exchange,
            ProxyCallback<ProxyConnection> callback,
            long timeout,
            TimeUnit unit) {
        RequestContext context = RequestContext.of(exchange);
        Optional<Target> target = balancer.next();
        context.target = target.orElse(null);
        if (target.isEmpty()) {
            context.noPeer = true;
            callback.couldNotResolveBackend(exchange);
        } else {
            target.get().connect(any, exchange, watching(target.get(), callback), unit.toMillis(timeout));
        }
    }

    /** Lets the target's health hear of a connection that could not be made. */
    private ProxyCallback<ProxyConnection> watching(Target target, ProxyCallback<ProxyConnection> callback) {
        return new ProxyCallback<>() {
            @Override
            public void completed(HttpServerExchange exchange, ProxyConnection connection) {
                RequestContext.of(exchange).sentNanos = System.nanoTime();
                callback.completed(exchange, connection);
            }

            @Override
            public void failed(HttpServerExchange exchange) {
                target.health().failed(Failure.TCP, balancer.checks().passive().unhealthy());
                callback.failed(exchange);
            }

            @Override
            public void couldNotResolveBackend(HttpServerExchange exchange) {
                callback.couldNotResolveBackend(exchange);
            }

            @Override
            public void queuedRequestFailed(HttpServerExchange exchange) {
                callback.queuedRequestFailed(exchange);
            }
        };
    }
}
