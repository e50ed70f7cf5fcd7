package com.brokerx.portfolios.reconciliation;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.facades.reconciliation.Finding;
import com.brokerx.facades.reconciliation.Reconciliation;
import com.brokerx.portfolios.ledger.CheckSettings;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares reservations and settlements with the orders service again and again: all holds and new trades every minute or so,
 * all trades every day or so. Differences are a metric and an error.
 */
public final class ReconciliationWatch implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationWatch.class);
    /** Trades whose transactions were under way during a comparison are compared in the next one. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** How soon it is tried again where nobody answered, as just after a start. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final Reconciliation reconciliation;
    private final CheckSettings settings;
    private final InstantSource clock;
    private final Gauge drift;
    private final Gauge comparedAt;
    private final RepeatedTask task;
    private Instant nextAt = Instant.MIN;
    private Instant lastRight;
    private Instant lastFull;

    public ReconciliationWatch(
            Reconciliation reconciliation, CheckSettings settings, CollectorRegistry metrics, InstantSource clock) {
        this.reconciliation = reconciliation;
        this.settings = settings;
        this.clock = clock;
        this.drift = Gauge.build(
                        "reconciliation_drift",
                        "Differences between this service and orders that were not just under way; zero is right")
                .labelNames("check")
                .register(metrics);
        this.comparedAt = Gauge.build(
                        "reconciliation_compared_timestamp_seconds", "When the orders service was last compared with")
                .register(metrics);
        this.task = new RepeatedTask("reconciliation", TRY_AGAIN, this::run);
    }

    @Override
    public void start() {
        task.start();
    }

    @Override
    public void stop() throws InterruptedException {
        task.stop();
    }

    private void run() {
        if (clock.instant().isBefore(nextAt)) {
            return;
        }
        nextAt = clock.instant().plus(settings.comparisonInterval().toJavaDuration());
        try {
            compare();
        } catch (UnavailableException down) {
            nextAt = Instant.MIN;
            LOG.debug("there is nobody to compare with at the moment: {}", down.getMessage());
        }
    }

    /** One comparison: of all trades at first and when it is due, else of those since the last one that found nothing. */
    synchronized void compare() {
        Instant now = clock.instant();
        boolean full = lastRight == null
                || !now.isBefore(lastFull.plus(settings.fullInterval().toJavaDuration()));
        Reconciliation.Result result =
                full ? reconciliation.full() : reconciliation.since(Ids.of(lastRight.minus(OVERLAP), 0));
        if (full) {
            lastFull = now;
        }
        // What is wrong stays in view until it is right: the next comparison begins where this one began.
        if (result.ok()) {
            lastRight = now;
        } else if (full) {
            lastRight = null;
        }
        result.findings().forEach(finding -> drift.labels(finding.check()).set(finding.differences()));
        comparedAt.set(now.getEpochSecond());
        if (!result.ok()) {
            LOG.error("this service and orders do not agree:\n{}", describe(result));
        }
    }

    private static String describe(Reconciliation.Result result) {
        return result.findings().stream()
                .filter(finding -> !finding.isRight())
                .map(ReconciliationWatch::describe)
                .collect(Collectors.joining("\n"));
    }

    private static String describe(Finding finding) {
        return finding.check() + ": " + finding.differences() + "\n  " + String.join("\n  ", finding.examples());
    }
}
