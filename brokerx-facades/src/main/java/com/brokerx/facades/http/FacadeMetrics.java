package com.brokerx.facades.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** The series of all facades of a process. */
public final class FacadeMetrics {

    private final Histogram durations;
    private final Gauge breakers;

    public FacadeMetrics(CollectorRegistry registry) {
        durations = Histogram.build("facade_call_duration_seconds", "Time of one attempt to call another service")
                .labelNames("facade", "operation", "outcome")
                .buckets(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5)
                .register(registry);
        breakers = Gauge.build("facade_breaker_open", "1 while the breaker refuses calls, 0.5 while it tries again")
                .labelNames("facade")
                .register(registry);
    }

    void watch(CircuitBreaker breaker) {
        breakers.setChild(
                new Gauge.Child() {
                    @Override
                    public double get() {
                        return switch (breaker.getState()) {
                            case OPEN, FORCED_OPEN -> 1;
                            case HALF_OPEN -> 0.5;
                            case CLOSED, DISABLED, METRICS_ONLY -> 0;
                        };
                    }
                },
                breaker.getName());
    }

    void observe(String facade, String operation, String outcome, long startedNanos) {
        durations.labels(facade, operation, outcome).observe((System.nanoTime() - startedNanos) / 1e9);
    }
}
