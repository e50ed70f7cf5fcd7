package com.brokerx.local.gateway;

import com.brokerx.local.gateway.RequestContext.Source;
import com.brokerx.local.gateway.config.PluginConfig.Prometheus;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Histogram;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The series of Kong 3.9's Prometheus plugin that dashboards use, with its names, labels and buckets. */
final class Metrics {

    private static final double[] GATEWAY_MILLISECONDS = {
        1, 2, 5, 7, 10, 15, 20, 30, 50, 75, 100, 200, 500, 750, 1000, 3000, 6000
    };
    private static final double[] UPSTREAM_MILLISECONDS = {
        25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10000, 30000, 60000
    };
    private static final String WORKSPACE = "default";
    private static final String NO_CONSUMER = "";

    private final CollectorRegistry registry = new CollectorRegistry();
    private final Counter requests = Counter.build("kong_http_requests_total", "Requests by service, route and status")
            .labelNames("service", "route", "code", "source", "workspace", "consumer")
            .register(registry);
    /** A counter at Kong's; the library would give a counter's name the ending {@code _total}, which Kong's has not. */
    private final Gauge bandwidth = Gauge.build("kong_bandwidth_bytes", "Bytes of bodies in and out")
            .labelNames("service", "route", "direction", "workspace", "consumer")
            .register(registry);

    private final Histogram requestLatency =
            latency("kong_request_latency_ms", "Whole request, in milliseconds", UPSTREAM_MILLISECONDS);
    private final Histogram upstreamLatency =
            latency("kong_upstream_latency_ms", "Upstream alone, in milliseconds", UPSTREAM_MILLISECONDS);
    private final Histogram kongLatency =
            latency("kong_kong_latency_ms", "Gateway alone, in milliseconds", GATEWAY_MILLISECONDS);

    private Histogram latency(String name, String help, double[] buckets) {
        return Histogram.build(name, help)
                .labelNames("service", "route", "workspace")
                .buckets(buckets)
                .register(registry);
    }

    CollectorRegistry registry() {
        return registry;
    }

    /** Reports the health of whatever balancers are in use at the time of the scrape. */
    void reportTargets(Supplier<List<Balancer>> balancers) {
        new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return List.of(targetHealth(balancers.get()));
            }
        }.register(registry);
    }

    private static GaugeMetricFamily targetHealth(List<Balancer> balancers) {
        GaugeMetricFamily family = new GaugeMetricFamily(
                "kong_upstream_target_health",
                "1 for the state that a target is in",
                List.of("upstream", "target", "address", "state", "subsystem"));
        for (Balancer balancer : balancers) {
            for (Target target : balancer.targets()) {
                for (TargetHealth.State state : TargetHealth.State.values()) {
                    String name = state.name().toLowerCase(Locale.ROOT);
                    List<String> labels = List.of(balancer.name(), target.name(), target.address(), name, "http");
                    family.addMetric(labels, target.health().state() == state ? 1 : 0);
                }
            }
        }
        return family;
    }

    /** Of requests that no route matched, Kong counts nothing. */
    void record(HttpServerExchange exchange, Prometheus wanted) {
        RequestContext context = RequestContext.of(exchange);
        if (context.route.isEmpty()) {
            return;
        }
        if (wanted.statusCodeMetrics()) {
            String code = Integer.toString(exchange.getStatusCode());
            String source = context.source == Source.SERVICE ? "service" : "kong";
            requests.labels(context.service, context.route, code, source, WORKSPACE, NO_CONSUMER)
                    .inc();
        }
        if (wanted.bandwidthMetrics()) {
            bandwidth(context, "ingress").inc((double) Math.max(0, exchange.getRequestContentLength()));
            bandwidth(context, "egress").inc((double) exchange.getResponseBytesSent());
        }
        if (wanted.latencyMetrics()) {
            observeLatency(context);
        }
    }

    private Gauge.Child bandwidth(RequestContext context, String direction) {
        return bandwidth.labels(context.service, context.route, direction, WORKSPACE, NO_CONSUMER);
    }

    private void observeLatency(RequestContext context) {
        double whole = milliseconds(System.nanoTime() - context.beganNanos);
        double upstream = 0;
        if (context.source == Source.SERVICE) {
            upstream = milliseconds(context.answeredNanos - context.sentNanos);
            upstreamLatency.labels(context.service, context.route, WORKSPACE).observe(upstream);
        }
        requestLatency.labels(context.service, context.route, WORKSPACE).observe(whole);
        kongLatency.labels(context.service, context.route, WORKSPACE).observe(Math.max(0, whole - upstream));
    }

    private static double milliseconds(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
