package com.brokerx.local.bench;

import com.brokerx.local.UserError;
import com.brokerx.local.stack.TemporaryStack;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs rounds of load, each between two measurements of the baseline, and waits after each until all of it is settled. */
final class Rounds {

    private static final int BASELINE_SECONDS = 6;
    private static final Duration SETTLE_PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MOST_OPEN_CONNECTIONS = 512;
    private static final long SEED = 1;
    private static final int SLICE_SECONDS = 10;
    private static final int STEADY_SLICES = 4;
    private static final double FASTER = 1.03;
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);

    private final BenchOptions options;
    private final TemporaryStack stack;
    private final Databases databases;
    private final Baseline baseline;
    private final List<Account> accounts;
    private final Enrolment enrolment;
    private final PrintStream out;
    private final URI target;
    private final Workload workload;

    Rounds(
            BenchOptions options,
            TemporaryStack stack,
            Databases databases,
            Baseline baseline,
            List<Account> accounts,
            Enrolment enrolment,
            PrintStream out) {
        this.options = options;
        this.stack = stack;
        this.databases = databases;
        this.baseline = baseline;
        this.accounts = accounts;
        this.enrolment = enrolment;
        this.out = out;
        this.target = stack.address(options.throughGateway() ? "gateway" : "orders");
        this.workload = new Workload(accounts, options.symbols(), SEED);
    }

    /**
     * Loads until it does not get faster any more: until then the machine is busy compiling, which takes seconds where the cores are
     * free and minutes where they are not.
     */
    void warmUp() throws IOException, InterruptedException, SQLException {
        long began = System.nanoTime();
        double best = 0;
        int sinceBest = 0;
        while (sinceBest < STEADY_SLICES && System.nanoTime() - began < LONGEST_WARM_UP.toNanos()) {
            Measurement load = slice(SLICE_SECONDS);
            out.printf("  %,7.0f orders/s%n", load.ordersPerSecond());
            sinceBest = best == 0 || load.ordersPerSecond() > best * FASTER ? 0 : sinceBest + 1;
            best = Math.max(best, load.ordersPerSecond());
        }
        if (best == 0) {
            throw new UserError("Not one order was accepted; see the logs of the stack.");
        }
        awaitSettled();
    }

    /** Keeps all connections busy, and measures nothing beside it. */
    Measurement slice(int seconds) throws IOException {
        Measurement load = generator(options.connections()).run(new Arrivals.Saturation(), seconds);
        stack.check();
        return load;
    }

    void renewTokens() throws IOException, InterruptedException {
        enrolment.renew(accounts);
    }

    List<Round> saturated() throws IOException, InterruptedException, SQLException {
        return several(new Arrivals.Saturation(), options.connections());
    }

    List<Round> offered() throws IOException, InterruptedException, SQLException {
        double requests = options.rate() * 100.0 / Workload.ordersInHundred();
        return several(new Arrivals.Open(requests), MOST_OPEN_CONNECTIONS);
    }

    private List<Round> several(Arrivals arrivals, int connections)
            throws IOException, InterruptedException, SQLException {
        List<Round> rounds = new ArrayList<>();
        double before = baseline.measure(BASELINE_SECONDS);
        for (int i = 0; i < options.rounds(); i++) {
            renewTokens();
            Round round = one(arrivals, connections, options.seconds(), before);
            rounds.add(round);
            before = round.baselineAfter();
            show(round);
        }
        return rounds;
    }

    /** New orders at a rate of their own while programs follow the live stream. */
    void followed(int rate) throws IOException, InterruptedException, SQLException {
        renewTokens();
        double requests = rate * 100.0 / Workload.ordersInHundred();
        try (Subscribers subscribers = new Subscribers(target, accounts, options.symbols(), options.subscribers())) {
            generator(MOST_OPEN_CONNECTIONS).run(new Arrivals.Open(requests), SLICE_SECONDS);
            subscribers.begin();
            Measurement load = generator(MOST_OPEN_CONNECTIONS).run(new Arrivals.Open(requests), options.seconds());
            subscribers.show(options.seconds(), out);
            out.printf("  %,.0f orders/s, of which refused or late: %s%n", load.ordersPerSecond(), load.refusals());
        }
        awaitSettled();
    }

    Round lone(int seconds) throws IOException, InterruptedException, SQLException {
        Round round = one(new Arrivals.Saturation(), 1, seconds, baseline.measure(2));
        show(round);
        return round;
    }

    private Round one(Arrivals arrivals, int connections, int seconds, double baselineBefore)
            throws IOException, InterruptedException, SQLException {
        CpuMeter cpu = new CpuMeter(stack.processes());
        Map<String, Databases.Cost> before = databases.costs();
        cpu.start();
        Measurement load = generator(connections).run(arrivals, seconds);
        double settledAfter = awaitSettled();
        CpuMeter.Usage usage = cpu.stop();
        stack.check();
        Map<String, Databases.Cost> costs = new LinkedHashMap<>();
        databases.costs().forEach((name, cost) -> costs.put(name, cost.minus(before.get(name))));
        return new Round(load, baselineBefore, baseline.measure(BASELINE_SECONDS), usage, costs, settledAfter);
    }

    private LoadGenerator generator(int connections) {
        return new LoadGenerator(target, connections, workload);
    }

    /** Waits until no event is under way; gives the seconds that it took. */
    double awaitSettled() throws SQLException, InterruptedException {
        long began = System.nanoTime();
        while (databases.eventsUnderWay() > 0) {
            if (System.nanoTime() - began > SETTLE_PATIENCE.toNanos()) {
                throw new UserError("After %d s %d events are still under way."
                        .formatted(SETTLE_PATIENCE.toSeconds(), databases.eventsUnderWay()));
            }
            Thread.sleep(POLL);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void show(Round round) {
        out.printf(
                "  %,7.0f orders/s  baseline %,6.0f/s  ratio %.2f  p50 %.1f  p95 %.1f  p99 %.1f  p99.9 %.1f ms"
                        + "  settled after %.1f s%s%n",
                round.load().ordersPerSecond(),
                round.baseline(),
                round.ratio(),
                round.millis(50),
                round.millis(95),
                round.millis(99),
                round.millis(99.9),
                round.settledAfterSeconds(),
                round.load().failures() == 0 ? "" : "  FAILED: " + round.load().refusals());
        out.flush();
    }
}
