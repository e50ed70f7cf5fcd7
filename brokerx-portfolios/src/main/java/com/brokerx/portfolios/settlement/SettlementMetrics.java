package com.brokerx.portfolios.settlement;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.time.Duration;

/** How long trades wait for their settlement. */
public final class SettlementMetrics {

    private final Histogram lag;

    public SettlementMetrics(CollectorRegistry registry) {
        lag = Histogram.build("settlement_lag_seconds", "Time from a trade in the book to its settlement")
                .buckets(.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300)
                .register(registry);
    }

    void settled(Duration afterExecution) {
        lag.observe(Math.max(0, afterExecution.toNanos() / 1e9));
    }
}
