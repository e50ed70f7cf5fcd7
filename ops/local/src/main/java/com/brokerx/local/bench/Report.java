package com.brokerx.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the page of figures and its charts. What stands in it was measured in this one call. */
final class Report {

    private static final List<Double> PERCENTILES = List.of(50.0, 75.0, 90.0, 95.0, 99.0, 99.9);

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    /** @param folder gets {@code benchmarks.md}, and {@code img} with the charts */
    void write(Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("img"));
        Files.writeString(images.resolve("bench-throughput.svg"), throughput());
        Files.writeString(images.resolve("bench-latency.svg"), latency());
        Files.writeString(images.resolve("bench-cpu.svg"), cpu());
        Files.writeString(folder.resolve("benchmarks.md"), page());
    }

    private String throughput() {
        List<SvgChart.Bar> bars = new ArrayList<>();
        int number = 1;
        for (Round round : results.saturated()) {
            double orders = round.load().ordersPerSecond();
            bars.add(new SvgChart.Bar(
                    "round " + number + ", orders", orders, "%,.0f/s, ratio %.2f".formatted(orders, round.ratio()), 0));
            bars.add(new SvgChart.Bar(
                    "round " + number + ", baseline", round.baseline(), "%,.0f/s".formatted(round.baseline()), 1));
            number++;
        }
        return SvgChart.bars("Durable orders a second, and what bare PostgreSQL does on the same cores", bars);
    }

    private String latency() {
        List<String> ticks = PERCENTILES.stream()
                .map(percentile -> "p" + (percentile % 1 == 0 ? Integer.toString(percentile.intValue()) : percentile))
                .toList();
        return SvgChart.lines(
                "Time until an order is answered with 201",
                "ms",
                ticks,
                List.of(
                        line("saturated", results.typicalSaturated()),
                        line("%,d/s offered".formatted(results.options().rate()), results.typicalOffered()),
                        line("one client alone", results.lone())));
    }

    private static SvgChart.Line line(String name, Round round) {
        return new SvgChart.Line(name, PERCENTILES.stream().map(round::millis).toList());
    }

    private String cpu() {
        List<SvgChart.Bar> bars = new ArrayList<>();
        CpuMeter.Usage usage = results.typicalSaturated().cpu();
        Round round = results.typicalSaturated();
        usage.seconds().keySet().forEach(name -> {
            double micros = round.microsPerOrder(name);
            bars.add(new SvgChart.Bar(name, micros, "%,.0f µs, %.2f cores".formatted(micros, usage.cores(name)), 0));
        });
        return SvgChart.bars("Processor time for each order at saturation, settlement included", bars);
    }

    private String page() {
        Machine machine = results.machine();
        BenchOptions options = results.options();
        Round saturated = results.typicalSaturated();
        return """
                # Benchmarks

                `./brokerx bench --report docs` measured what stands here and wrote it; `./brokerx bench` alone prints the same to the
                terminal. Machines differ and neighbours disturb, so the figure to trust is the **ratio**: new orders a second, answered
                with 201 and committed with `fsync` and `synchronous_commit` on, for each transaction a second that the same PostgreSQL
                server manages just before and just after with the least an order could be (one update, two inserts, prepared).

                **%.2f orders for each baseline transaction: %,.0f orders/s against %,.0f/s** (median of %d rounds of %d s).

                ![Orders a second in each round](img/bench-throughput.svg)

                | round | orders/s | baseline/s | ratio | p50 ms | p95 ms | p99 ms | p99.9 ms | settled after |
                |---|---|---|---|---|---|---|---|---|
                %s
                ## Latency

                Open arrival at random times (a Poisson process); an order's time runs from when it was due, whether or not a
                connection was free, so a stall is paid by all who came during it.

                ![Latency by percentile](img/bench-latency.svg)

                | load | orders/s | p50 ms | p95 ms | p99 ms | p99.9 ms |
                |---|---|---|---|---|---|
                %s
                Many requests share one commit; whoever comes alone is not held back. What the hand-over to the batch costs a client who
                is alone: a transaction takes %.0f µs by the caller's own thread and %.0f µs through the batches, **%.2f times** as long.

                ## What it costs

                One order takes %,.0f µs of processor time in all processes together, the load generator's included; other processes of
                the machine used %.2f of its %d cores meanwhile.

                ![Processor time by process](img/bench-cpu.svg)

                | for each accepted order | commits | WAL bytes |
                |---|---|---|
                %s
                Settlement included: cash and shares of every trade change hands in portfolios, and the round ends when no event is
                under way. Refused or not answered in the median round: %s.

                ## How it was measured

                | | |
                |---|---|
                | machine | %d cores (%s), %.0f GiB; services, three PostgreSQL servers and the load share them |
                | disk | one fsync of a page takes %.0f µs |
                | JDK | %s; services with `%s` |
                | baseline | %s |
                | load | %d connections, %d clients, symbols %s%s |
                | mix | 90 %% new limit orders of 1 to 100 shares, of which 30 %% cross; 7 %% cancels; 3 %% replaces |
                | stored at the end | %,d orders |
                %s| afterwards | all open orders cancelled; cash and shares of all clients together unchanged to the cent; nothing held |

                The book alone is measured by JMH: `%s`. How the load is made, and why by a program of our own, is told in
                [a decision record](decisions/0014-load-generator.md); what bounds the figures, in [performance](performance.md).
                """.formatted(
                        saturated.ratio(),
                        saturated.load().ordersPerSecond(),
                        saturated.baseline(),
                        results.saturated().size(),
                        options.seconds(),
                        roundRows(),
                        latencyRows(),
                        results.handOff().directMicros(),
                        results.handOff().batchedMicros(),
                        results.handOff().ratio(),
                        saturated.microsPerOrder(),
                        saturated.cpu().others(),
                        machine.cores(),
                        costRows(saturated),
                        refusals(saturated),
                        machine.cores(),
                        machine.processor(),
                        machine.memoryGiB(),
                        machine.fsyncMicros(),
                        machine.java(),
                        String.join(" ", options.jvmFlags()),
                        results.baselineName(),
                        options.connections(),
                        options.clients(),
                        String.join(" ", options.symbols()),
                        options.throughGateway() ? ", through the local gateway" : ", straight to the orders service",
                        results.ordersStored(),
                        storedRow(),
                        JMH);
    }

    private static final String JMH = "mvn -q -Dquick -pl brokerx-orders -am test-compile, then "
            + "com.brokerx.orders.book.OrderBookBenchmark on the test class path";

    private String storedRow() {
        return results.stored()
                .map(past ->
                        "| with %,d more orders stored | %s |\n".formatted(past.orders(), results.comparedWith(past)))
                .orElse("");
    }

    private String roundRows() {
        StringBuilder rows = new StringBuilder();
        int number = 1;
        for (Round round : results.saturated()) {
            rows.append("| %d | %,.0f | %,.0f | %.2f | %s | %.1f s |%n"
                    .formatted(
                            number++,
                            round.load().ordersPerSecond(),
                            round.baseline(),
                            round.ratio(),
                            percentiles(round),
                            round.settledAfterSeconds()));
        }
        return rows.toString();
    }

    private String latencyRows() {
        StringBuilder rows = new StringBuilder();
        for (Round round : results.offered()) {
            rows.append(latencyRow("%,d/s offered".formatted(results.options().rate()), round));
        }
        rows.append(latencyRow(
                "saturated (" + results.options().connections() + " callers who wait)", results.typicalSaturated()));
        return rows.append(latencyRow("one client alone", results.lone())).toString();
    }

    private static String latencyRow(String name, Round round) {
        return "| %s | %,.0f | %s |%n".formatted(name, round.load().ordersPerSecond(), percentiles(round));
    }

    private static String percentiles(Round round) {
        return "%.1f | %.1f | %.1f | %.1f"
                .formatted(round.millis(50), round.millis(95), round.millis(99), round.millis(99.9));
    }

    private static String costRows(Round round) {
        StringBuilder rows = new StringBuilder();
        round.costs()
                .keySet()
                .forEach(database -> rows.append("| %s | %.3f | %,.0f |%n"
                        .formatted(database, round.commitsPerOrder(database), round.walBytesPerOrder(database))));
        return rows.toString();
    }

    private static String refusals(Round round) {
        Map<String, Integer> refusals = round.load().refusals();
        if (refusals.isEmpty()) {
            return "nothing";
        }
        List<String> parts = new ArrayList<>();
        refusals.forEach((what, count) -> parts.add("%s %,d".formatted(what, count)));
        return String.join(", ", parts);
    }
}
