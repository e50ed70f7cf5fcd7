package com.brokerx.portfolios.ledger;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.facades.reconciliation.Report;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the ledger again and again: what changed every few seconds, everything every day or so. Differences are a metric and an error.
 */
public final class LedgerWatch implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
    /** Transactions that were under way during a check are looked at in the next one. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** Soon after a start, which may have followed a crash; not so soon that it is in the way of it. */
    private static final Duration FIRST_CHECK = Duration.ofSeconds(5);
    /** A check of everything that found something is repeated, but must not keep the database busy. */
    private static final Duration FULL_AGAIN = Duration.ofMinutes(1);

    private final LedgerCheck check;
    private final CheckSettings settings;
    private final InstantSource clock;
    private final Gauge drift;
    private final Gauge sealedUpTo;
    private final Gauge checkedAt;
    private final RepeatedTask task;
    private Report lastGood;
    private Instant lastFull;
    /** Whether the last check was one of everything, and found something. */
    private boolean foundInAll;

    public LedgerWatch(LedgerCheck check, CheckSettings settings, CollectorRegistry metrics, InstantSource clock) {
        this.check = check;
        this.settings = settings;
        this.clock = clock;
        this.lastFull = clock.instant();
        this.drift = Gauge.build("ledger_drift", "Differences that the last check of the ledger found; zero is right")
                .labelNames("check")
                .register(metrics);
        this.sealedUpTo = Gauge.build(
                        "ledger_sealed_entry", "Number of the last entry under the hash chain that was checked")
                .register(metrics);
        this.checkedAt = Gauge.build("ledger_checked_timestamp_seconds", "When the ledger was last checked")
                .register(metrics);
        Duration interval = settings.interval().toJavaDuration();
        Duration first = interval.compareTo(FIRST_CHECK) < 0 ? interval : FIRST_CHECK;
        this.task = new RepeatedTask("ledger-watch", first, interval, this::run);
    }

    @Override
    public void start() {
        task.start();
    }

    @Override
    public void stop() throws InterruptedException {
        task.stop();
    }

    /** One check: of everything at first and when it is due, else of what changed since the last one that found nothing. */
    synchronized void run() {
        Instant now = clock.instant();
        if (foundInAll && now.isBefore(lastFull.plus(FULL_AGAIN))) {
            return;
        }
        boolean full = lastGood == null
                || !now.isBefore(lastFull.plus(settings.fullInterval().toJavaDuration()));
        Report report = full
                ? check.full()
                : check.since(
                        lastGood.chain().sealedUpTo(),
                        settings.maximumEntries(),
                        lastGood.checkedAt().minus(OVERLAP));
        if (full) {
            lastFull = now;
        }
        // What is wrong stays in view until it is right: the next check begins where this one began.
        if (report.ok()) {
            lastGood = report;
        } else if (full) {
            lastGood = null;
        }
        foundInAll = full && !report.ok();
        report.findings().forEach(finding -> drift.labels(finding.check()).set(finding.differences()));
        sealedUpTo.set(report.chain().sealedUpTo());
        checkedAt.set(report.checkedAt().getEpochSecond());
        if (!report.ok()) {
            LOG.error("the ledger does not add up:\n{}", String.join("\n", LedgerCheck.describe(report)));
        }
    }
}
