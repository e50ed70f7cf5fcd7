package com.brokerx.portfolios.ledger;

import com.brokerx.facades.reconciliation.Report;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the ledger again and again: what changed every minute or so, everything every day or so. Differences are a metric and an error. */
public final class LedgerWatch implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
    /** Transactions that were under way during a check are looked at in the next one. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** Soon after a start, which may have followed a crash; not so soon that it is in the way of it. */
    private static final Duration FIRST_CHECK = Duration.ofSeconds(5);

    private final LedgerCheck check;
    private final CheckSettings settings;
    private final InstantSource clock;
    private final Gauge drift;
    private final Gauge sealedUpTo;
    private final Gauge checkedAt;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ledger-watch").daemon().factory());
    private Report lastGood;
    private Instant lastFull;

    public LedgerWatch(LedgerCheck check, CheckSettings settings, CollectorRegistry metrics, InstantSource clock) {
        this.check = check;
        this.settings = settings;
        this.clock = clock;
        this.drift = Gauge.build("ledger_drift", "Differences that the last check of the ledger found; zero is right")
                .labelNames("check")
                .register(metrics);
        this.sealedUpTo = Gauge.build("ledger_sealed_entry", "Number of the last entry under the hash chain")
                .register(metrics);
        this.checkedAt = Gauge.build("ledger_checked_timestamp_seconds", "When the ledger was last checked")
                .register(metrics);
    }

    @Override
    public void start() {
        lastFull = clock.instant();
        long millis = settings.interval().toMilliseconds();
        long first = Math.min(FIRST_CHECK.toMillis(), millis);
        timer.scheduleWithFixedDelay(this::runQuietly, first, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        timer.shutdownNow();
    }

    private void runQuietly() {
        try {
            run();
        } catch (RuntimeException failed) {
            LOG.warn("the ledger could not be checked; trying again", failed);
        }
    }

    /** One check: of everything at first and when it is due, else of what changed since the last one that found nothing. */
    synchronized void run() {
        Instant now = clock.instant();
        boolean full = lastGood == null
                || !now.isBefore(lastFull.plus(settings.fullInterval().toJavaDuration()));
        Report report = full
                ? check.full()
                : check.since(
                        lastGood.chain().sealedUpTo(), lastGood.checkedAt().minus(OVERLAP));
        if (full) {
            lastFull = now;
        }
        // What is wrong stays in view until it is right: the next check begins where this one began.
        if (report.ok()) {
            lastGood = report;
        } else if (full) {
            lastGood = null;
        }
        report.findings().forEach(finding -> drift.labels(finding.check()).set(finding.differences()));
        sealedUpTo.set(report.chain().sealedUpTo());
        checkedAt.set(report.checkedAt().getEpochSecond());
        if (!report.ok()) {
            LOG.error("the ledger does not add up:\n{}", String.join("\n", LedgerCheck.describe(report)));
        }
    }
}
