package com.brokerx.portfolios.cash;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Sees to it that no payment stays pending because a process died or an answer was lost. */
public final class PendingPayments implements Managed {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final PaymentService service;
    private final Jdbi jdbi;
    private final Gauge pending;
    private final RepeatedTask task = new RepeatedTask("pending-payments", LOOK_EVERY, LOOK_EVERY, this::resume);

    public PendingPayments(PaymentService service, Jdbi jdbi, CollectorRegistry metrics) {
        this.service = service;
        this.jdbi = jdbi;
        this.pending = Gauge.build("payments_pending", "Deposits and withdrawals that the provider has not decided")
                .register(metrics);
    }

    @Override
    public void start() {
        task.start();
    }

    @Override
    public void stop() throws InterruptedException {
        task.stop();
    }

    private void resume() {
        service.resumePending();
        pending.set(jdbi.withExtension(PaymentStore.class, PaymentStore::countPending));
    }
}
