package com.brokerx.commons.outbox;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.servlets.tasks.Task;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far the outboxes of a process are behind, and lets an operator set parked events going again. */
public final class OutboxMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxMonitor.class);
    private static final Duration UNHEALTHY_LAG = Duration.ofMinutes(5);

    private final Gauge waiting;
    private final Gauge lag;
    private final Gauge parked;

    public OutboxMonitor(CollectorRegistry registry) {
        waiting = gauge(registry, "outbox_waiting", "Events that wait for their delivery");
        lag = gauge(registry, "outbox_lag_seconds", "Age of the oldest event that waits for its delivery");
        parked = gauge(registry, "outbox_parked", "Aggregates that were given up until somebody drives them again");
    }

    /** Adds the metrics, the health check and the admin task {@code SERVICE-drive-outbox} of one service. */
    public void watch(String service, Jdbi jdbi, Environment environment) {
        waiting.setChild(reading(jdbi, OutboxStore::waiting), service);
        lag.setChild(reading(jdbi, OutboxStore::lagSeconds), service);
        parked.setChild(reading(jdbi, OutboxStore::parked), service);
        environment.healthChecks().register(service + "-outbox", new Health(jdbi));
        environment.admin().addTask(new DriveAgain(service, jdbi));
    }

    private static Gauge gauge(CollectorRegistry registry, String name, String help) {
        return Gauge.build(name, help).labelNames("service").register(registry);
    }

    /** Asked at each scrape; not a number while the database cannot be asked. */
    private static Gauge.Child reading(Jdbi jdbi, ToDoubleFunction<OutboxStore> query) {
        return new Gauge.Child() {
            @Override
            public double get() {
                try {
                    return jdbi.withExtension(OutboxStore.class, query::applyAsDouble);
                } catch (JdbiException down) {
                    LOG.debug("the outbox cannot be read", down);
                    return Double.NaN;
                }
            }
        };
    }

    private static final class Health extends HealthCheck {
        private final Jdbi jdbi;

        Health(Jdbi jdbi) {
            this.jdbi = jdbi;
        }

        @Override
        protected Result check() {
            double seconds = jdbi.withExtension(OutboxStore.class, OutboxStore::lagSeconds);
            return seconds > UNHEALTHY_LAG.toSeconds()
                    ? Result.unhealthy("the oldest event has waited for %.0f s", seconds)
                    : Result.healthy();
        }
    }

    private static final class DriveAgain extends Task {
        private final Jdbi jdbi;

        DriveAgain(String service, Jdbi jdbi) {
            super(service + "-drive-outbox");
            this.jdbi = jdbi;
        }

        @Override
        public void execute(Map<String, List<String>> parameters, PrintWriter output) {
            int set = jdbi.withExtension(OutboxStore.class, OutboxStore::driveAgain);
            output.println(set + " aggregates are tried again");
        }
    }
}
