package com.brokerx.commons.app;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Those of Dropwizard's own metrics that tell something which our series do not, under names and labels that Prometheus' conventions
 * ask for: database pools, HTTP threads, logged warnings and errors. The rest stays inside: exported as they are, its names contain
 * SQL and class names, and are many.
 */
final class DropwizardMetrics extends Collector {

    private static final Pattern POOL =
            Pattern.compile("io\\.dropwizard\\.db\\.ManagedPooledDataSource\\.([^.]+)\\.(active|idle|waiting)");
    private static final Pattern BORROWED =
            Pattern.compile("io\\.dropwizard\\.db\\.ManagedPooledDataSource\\.([^.]+)\\.borrowed");
    private static final Pattern THREADS =
            Pattern.compile("org\\.eclipse\\.jetty\\.util\\.thread\\.[A-Za-z]+\\.([^.]+)\\.(size|jobs)");
    private static final Pattern LOGGED = Pattern.compile("ch\\.qos\\.logback\\.core\\.Appender\\.(warn|error)");

    private final MetricRegistry registry;

    private DropwizardMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    static DropwizardMetrics of(MetricRegistry registry) {
        return new DropwizardMetrics(registry);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return List.of(
                gauges(
                        POOL,
                        new GaugeMetricFamily(
                                "db_pool_connections",
                                "Connections of a database pool that are active or idle, and threads waiting for one",
                                List.of("pool", "state"))),
                borrowed(),
                gauges(
                        THREADS,
                        new GaugeMetricFamily(
                                "http_server_threads",
                                "Threads of an HTTP server (size), and requests waiting for one (jobs)",
                                List.of("pool", "state"))),
                logged());
    }

    private GaugeMetricFamily gauges(Pattern names, GaugeMetricFamily family) {
        for (Map.Entry<String, Gauge> entry : registry.getGauges().entrySet()) {
            Matcher name = names.matcher(entry.getKey());
            if (name.matches() && entry.getValue().getValue() instanceof Number number) {
                family.addMetric(List.of(name.group(1), name.group(2)), number.doubleValue());
            }
        }
        return family;
    }

    private CounterMetricFamily borrowed() {
        CounterMetricFamily family = new CounterMetricFamily(
                "db_pool_borrowed", "How often a connection was taken from a database pool", List.of("pool"));
        for (Map.Entry<String, Gauge> entry : registry.getGauges().entrySet()) {
            Matcher name = BORROWED.matcher(entry.getKey());
            if (name.matches() && entry.getValue().getValue() instanceof Number number) {
                family.addMetric(List.of(name.group(1)), number.doubleValue());
            }
        }
        return family;
    }

    private CounterMetricFamily logged() {
        CounterMetricFamily family =
                new CounterMetricFamily("log_events", "Logged warnings and errors", List.of("level"));
        for (Map.Entry<String, Meter> entry : registry.getMeters().entrySet()) {
            Matcher name = LOGGED.matcher(entry.getKey());
            if (name.matches()) {
                family.addMetric(List.of(name.group(1)), entry.getValue().getCount());
            }
        }
        return family;
    }
}
