package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.Prometheus;
import io.undertow.server.HttpServerExchange;

/** Counts every exchange when it is complete. */
final class PrometheusPlugin implements Plugin {

    private final Prometheus config;
    private final Metrics metrics;

    PrometheusPlugin(Prometheus config, Metrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    @Override
    public int priority() {
        return 13;
    }

    @Override
    public void headers(HttpServerExchange exchange) {
        exchange.addExchangeCompleteListener((complete, next) -> {
            metrics.record(complete, config);
            next.proceed();
        });
    }
}
