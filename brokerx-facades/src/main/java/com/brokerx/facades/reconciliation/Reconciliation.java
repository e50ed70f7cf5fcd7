package com.brokerx.facades.reconciliation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares what portfolios holds and has settled with what the orders service has open and has traded, while both are at work. What
 * differs is looked at again, and counts only if it still does when the patience is over: an event under way arrives in the meantime.
 *
 * <p>What a trade under way explains on its order's hold is counted once, as the trade that is not settled.
 */
public final class Reconciliation {

    private static final Duration PAUSE = Duration.ofMillis(250);

    /**
     * What it came to.
     *
     * @param holds how many orders were compared
     * @param trades how many trades were compared
     */
    public record Result(List<Finding> findings, long holds, long trades) {
        public boolean ok() {
            return findings.stream().allMatch(Finding::isRight);
        }
    }

    private final Reconcilable portfolios;
    private final Reconcilable orders;
    private final Duration patience;
    private final int rests;

    /**
     * A comparison that somebody waits for.
     *
     * @param patience how long what differs may be under way
     */
    public Reconciliation(Reconcilable portfolios, Reconcilable orders, Duration patience) {
        this(portfolios, orders, patience, 0);
    }

    private Reconciliation(Reconcilable portfolios, Reconcilable orders, Duration patience, int rests) {
        this.portfolios = portfolios;
        this.orders = orders;
        this.patience = patience;
        this.rests = rests;
    }

    /** One that nobody waits for: it rests nine times as long as it reads, so that those who trade hardly notice it. */
    public static Reconciliation inTheBackground(Reconcilable portfolios, Reconcilable orders, Duration patience) {
        return new Reconciliation(portfolios, orders, patience, 9);
    }

    /** Compares everything. */
    public Result full() {
        return since(null);
    }

    /**
     * Compares all holds, and new trades.
     *
     * @param after only trades with a later id; null for all
     * @throws com.brokerx.commons.problem.UnavailableException when one of the services cannot be asked
     */
    public Result since(UUID after) {
        HoldComparison holds = new HoldComparison(portfolios, orders, rests);
        TradeComparison trades = new TradeComparison(portfolios, orders, after);
        List<Finding> findings = findings(List.of(holds, trades));
        return new Result(findings, holds.compared(), trades.compared());
    }

    private List<Finding> findings(List<Comparison> comparisons) {
        Map<Comparison, Map<UUID, Difference>> lasting = new HashMap<>();
        comparisons.forEach(comparison -> lasting.put(comparison, ById.of(comparison.look(), Difference::id)));
        // Only now: a look in the background may take longer than the patience, and what it saw last is new.
        long deadline = System.nanoTime() + patience.toNanos();
        boolean over = false;
        while (!over
                && lasting.values().stream().anyMatch(differences -> !differences.isEmpty())
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            // What counts was still there in a look that began when the patience was over.
            over = System.nanoTime() >= deadline;
            lasting.forEach((comparison, differences) -> keepWhatLasts(differences, comparison));
        }
        List<Finding> findings = new ArrayList<>();
        comparisons.forEach(comparison -> findings.add(Finding.of(
                comparison.name(),
                lasting.get(comparison).values().stream().map(Difference::text).toList())));
        return findings;
    }

    /** A difference that was not there in the look before is news under way, not a difference that lasts. */
    private static void keepWhatLasts(Map<UUID, Difference> differences, Comparison comparison) {
        if (differences.isEmpty()) {
            return;
        }
        Map<UUID, Difference> now = ById.of(comparison.lookAgain(), Difference::id);
        differences.keySet().retainAll(now.keySet());
        differences.replaceAll((id, before) -> now.get(id));
    }
}
