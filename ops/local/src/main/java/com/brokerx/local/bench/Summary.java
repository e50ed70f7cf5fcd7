package com.brokerx.local.bench;

import java.io.PrintStream;

/** The figures of a call on one screen. */
record Summary(Results results, PrintStream out) {

    void print() {
        Round saturated = results.typicalSaturated();
        Round offered = results.typicalOffered();
        out.printf("%nMedian of %d rounds%n", results.saturated().size());
        line("orders/s at saturation", "%,.0f", saturated.load().ordersPerSecond());
        line("baseline, transactions/s", "%,.0f", saturated.baseline());
        line("ratio", "%.2f", saturated.ratio());
        out.printf("  latency in ms                    p50      p95      p99    p99.9%n");
        latency("saturated", saturated);
        latency("%,d orders/s offered".formatted(results.options().rate()), offered);
        latency("one client alone", results.lone());
        out.printf("  processor time for each order    µs    cores%n");
        saturated
                .cpu()
                .seconds()
                .keySet()
                .forEach(name -> out.printf(
                        "    %-26s %6.0f %8.2f%n",
                        name, saturated.microsPerOrder(name), saturated.cpu().cores(name)));
        out.printf("    %-26s %6.0f%n", "all together", saturated.microsPerOrder());
        out.printf("    %-26s %15.2f%n", "other processes", saturated.cpu().others());
        out.printf("  for each order               commits  WAL bytes%n");
        saturated
                .costs()
                .keySet()
                .forEach(database -> out.printf(
                        "    %-24s %9.3f  %9.0f%n",
                        database, saturated.commitsPerOrder(database), saturated.walBytesPerOrder(database)));
        results.stored().ifPresent(this::stored);
        out.printf("  refused or late: %s%n", saturated.load().refusals());
        out.flush();
    }

    private void stored(Stored past) {
        out.printf("  with %,d more orders stored: %s%n", past.orders(), results.comparedWith(past));
    }

    private void line(String name, String format, double figure) {
        out.printf("  %-26s %9s%n", name, format.formatted(figure));
    }

    private void latency(String name, Round round) {
        out.printf(
                "    %-26s %6.1f   %6.1f   %6.1f   %6.1f%n",
                name, round.millis(50), round.millis(95), round.millis(99), round.millis(99.9));
    }
}
