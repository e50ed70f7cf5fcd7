package com.brokerx.commons.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.testing.TestDatabase;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropwizardMetricsTest {

    private final MetricRegistry dropwizard = new MetricRegistry();
    private final CollectorRegistry prometheus = new CollectorRegistry();

    @Test
    void showsADatabasePoolByItsNameAndState() throws Exception {
        DropwizardMetrics.of(dropwizard).register(prometheus);
        var pool = TestDatabase.empty().settings().build(dropwizard, "echo");
        pool.start();
        try (var connection = pool.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(pool("active")).isEqualTo(1);
            assertThat(pool("waiting")).isEqualTo(0);
            assertThat(prometheus.getSampleValue(
                            "db_pool_borrowed_total", new String[] {"pool"}, new String[] {"echo"}))
                    .isGreaterThanOrEqualTo(1);
        }
        assertThat(pool("active")).isEqualTo(0);
        pool.stop();
    }

    @Test
    void exportsNothingWhoseNameWeHaveNotChosen() {
        DropwizardMetrics.of(dropwizard).register(prometheus);
        dropwizard.timer("SELECT secret FROM table").update(java.time.Duration.ofMillis(1));
        dropwizard.meter("ch.qos.logback.core.Appender.error").mark();

        List<String> families = java.util.Collections.list(prometheus.metricFamilySamples()).stream()
                .filter(family -> !family.samples.isEmpty())
                .map(family -> family.name)
                .toList();

        assertThat(families).containsExactly("log_events");
    }

    private Double pool(String state) {
        return prometheus.getSampleValue(
                "db_pool_connections", new String[] {"pool", "state"}, new String[] {"echo", state});
    }
}
