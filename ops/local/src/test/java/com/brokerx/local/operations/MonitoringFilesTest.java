package com.brokerx.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.stack.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be said of dashboards and alerts without running anything that is scraped. */
class MonitoringFilesTest {

    private static final Path ROOT = Path.of("../..");

    @Test
    void everyAlertHasARunbookThatIsListed() throws Exception {
        String list = Files.readString(ROOT.resolve("docs/runbooks/README.md"));

        assertThat(Queries.alerts()).isNotEmpty().allSatisfy(alert -> {
            String runbook = alert.at("/annotations/runbook").asText();
            assertThat(ROOT.resolve(runbook)).exists();
            assertThat(ROOT.resolve(runbook))
                    .content()
                    .contains("# " + alert.path("alert").asText());
            assertThat(list).contains("[" + alert.path("alert").asText() + "]");
        });
    }

    @Test
    void alertsFireWhenTheyShouldAndOnlyThen() throws Exception {
        Programs.need("promtool", "prometheus");

        assertThat(promtool("test", "rules", "ops/prometheus/tests/alerts_test.yml"))
                .contains("SUCCESS");
        assertThat(promtool("check", "config", "ops/prometheus/prometheus.yml")).contains("SUCCESS");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
