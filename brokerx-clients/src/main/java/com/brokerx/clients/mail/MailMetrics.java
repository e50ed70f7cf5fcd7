package com.brokerx.clients.mail;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the mail is doing. */
public final class MailMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(MailMetrics.class);

    private final Counter attempts;
    private final Histogram delays;

    public MailMetrics(CollectorRegistry registry, Jdbi jdbi) {
        Gauge.build("clients_mail_waiting", "Mails that wait to be sent")
                .create()
                .setChild(waiting(jdbi))
                .register(registry);
        this.attempts = Counter.build("clients_mail_attempts_total", "Attempts to send a mail")
                .labelNames("outcome")
                .register(registry);
        this.delays = Histogram.build(
                        "clients_mail_delay_seconds", "From the change that a mail tells of to its sending")
                .buckets(.05, .1, .25, .5, 1, 2.5, 5, 10, 60, 600, 3600)
                .register(registry);
    }

    /** Asked at each scrape; not a number while the database cannot be asked. */
    private static Gauge.Child waiting(Jdbi jdbi) {
        return new Gauge.Child() {
            @Override
            public double get() {
                try {
                    return jdbi.withExtension(MailStore.class, MailStore::waiting);
                } catch (JdbiException down) {
                    LOG.debug("the mail queue cannot be read", down);
                    return Double.NaN;
                }
            }
        };
    }

    void sent(Duration delay) {
        attempts.labels("sent").inc();
        delays.observe(delay.toMillis() / 1000.0);
    }

    void failed() {
        attempts.labels("failed").inc();
    }
}
