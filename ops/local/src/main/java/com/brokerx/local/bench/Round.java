package com.brokerx.local.bench;

import java.util.Map;

/**
 * One round of load with what it cost.
 *
 * @param baselineBefore transactions a second of the baseline just before
 * @param baselineAfter the same just after, when all was settled
 * @param cpu processor time, what was settled after the last answer included
 * @param costs commits and write-ahead log by database, what was settled after the last answer included
 * @param settledAfterSeconds from the last answer until no event was under way any more
 */
record Round(
        Measurement load,
        double baselineBefore,
        double baselineAfter,
        CpuMeter.Usage cpu,
        Map<String, Databases.Cost> costs,
        double settledAfterSeconds) {

    double baseline() {
        return (baselineBefore + baselineAfter) / 2;
    }

    /** New orders that were answered with 201, for each transaction that the baseline manages in the same time. */
    double ratio() {
        return load.ordersPerSecond() / baseline();
    }

    /** Latency of accepted new orders. */
    double millis(double percentile) {
        return load.latencies(Request.Kind.ORDER).getValueAtPercentile(percentile) / 1000.0;
    }

    /** Microseconds of processor time that a process took for each accepted order, cancels and replaces included. */
    double microsPerOrder(String process) {
        return cpu.seconds().get(process) * 1e6 / orders();
    }

    /** The same for all processes of the run together. */
    double microsPerOrder() {
        return cpu.allSeconds() * 1e6 / orders();
    }

    private double orders() {
        return Math.max(1, load.accepted(Request.Kind.ORDER));
    }

    double commitsPerOrder(String database) {
        return costs.get(database).commits() / orders();
    }

    double walBytesPerOrder(String database) {
        return costs.get(database).walBytes() / orders();
    }
}
