package com.brokerx.orders.writer;

import com.brokerx.orders.trade.Execution;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.List;

/** The writer's series. */
public final class WriterMetrics {

    private final Counter reports;
    private final Counter trades;
    private final Gauge openOrders;
    private final Gauge buildTime;
    private final Histogram latency;

    public WriterMetrics(CollectorRegistry registry) {
        reports = Counter.build("orders_executions_total", "Execution reports by type")
                .labelNames("report_type")
                .register(registry);
        trades = Counter.build("orders_trades_total", "Trades").register(registry);
        openOrders = Gauge.build("orders_book_depth", "Open orders in a book that this instance owns")
                .labelNames("symbol")
                .register(registry);
        buildTime = Gauge.build("orders_book_build_seconds", "What it last took to build a book from what is stored")
                .labelNames("symbol")
                .register(registry);
        latency = Histogram.build("orders_match_seconds", "From a command's arrival at the writer to its commit")
                .buckets(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5)
                .register(registry);
    }

    void committed(List<Execution> executions, int newTrades) {
        executions.forEach(
                execution -> reports.labels(execution.type().wireName()).inc());
        trades.inc(newTrades);
    }

    void openOrders(String symbol, int count) {
        openOrders.labels(symbol).set(count);
    }

    void built(String symbol, Duration took) {
        buildTime.labels(symbol).set(took.toNanos() / 1e9);
    }

    void answered(Submission submission) {
        latency.observe((System.nanoTime() - submission.submittedNanos()) / 1e9);
    }
}
