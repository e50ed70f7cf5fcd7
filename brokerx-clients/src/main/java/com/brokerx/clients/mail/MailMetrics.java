package com.brokerx.clients.mail;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Duration;

/** How the mail is doing. */
public final class MailMetrics {

    private final Counter attempts;
    private final Histogram delays;

    public MailMetrics(CollectorRegistry registry) {
        this.attempts = Counter.build("clients_mail_attempts_total", "Attempts to send a mail")
                .labelNames("outcome")
                .register(registry);
        this.delays = Histogram.build(
                        "clients_mail_delay_seconds", "From the change that a mail tells of to its sending")
                .buckets(.05, .1, .25, .5, 1, 2.5, 5, 10, 60, 600, 3600)
                .register(registry);
    }

    void sent(Duration delay) {
        attempts.labels("sent").inc();
        delays.observe(delay.toMillis() / 1000.0);
    }

    void failed() {
        attempts.labels("failed").inc();
    }
}
