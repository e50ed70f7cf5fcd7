package com.brokerx.portfolios.cash;

import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that no payment stays pending because a process died or an answer was lost. */
public final class PendingPayments implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(PendingPayments.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final PaymentService service;
    private final Jdbi jdbi;
    private final Gauge pending;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pending-payments").daemon().factory());

    public PendingPayments(PaymentService service, Jdbi jdbi, CollectorRegistry metrics) {
        this.service = service;
        this.jdbi = jdbi;
        this.pending = Gauge.build("payments_pending", "Deposits and withdrawals that the provider has not decided")
                .register(metrics);
    }

    @Override
    public void start() {
        timer.scheduleWithFixedDelay(
                this::resumeQuietly, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        timer.shutdownNow();
    }

    private void resumeQuietly() {
        try {
            service.resumePending();
            pending.set(jdbi.withExtension(PaymentStore.class, PaymentStore::countPending));
        } catch (RuntimeException failed) {
            LOG.warn("pending payments could not be taken up; trying again", failed);
        }
    }
}
