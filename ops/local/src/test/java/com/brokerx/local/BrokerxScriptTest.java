package com.brokerx.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of the tree. */
class BrokerxScriptTest {

    @TempDir
    Path folder;

    private record Outcome(int status, String text) {}

    @Test
    void anUnknownCallPrintsTheHelpAndExitsWith2() throws Exception {
        Outcome outcome = run("fly");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.text()).contains("There is no call 'fly'", "./brokerx CALL");
    }

    @Test
    void helpNamesEveryCallThatThereIs() throws Exception {
        assertThat(run("help").text())
                .contains("up", "down", "status", "logs", "demo", "bench", "reconcile", "monolith", "failover", "test")
                .contains("--data");
    }

    @Test
    void logsOfNothingSaysSo() throws Exception {
        Outcome outcome = run("logs", "--data", folder.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("There are no logs in");
    }

    @Test
    void logsOfAnUnknownPartNamesTheOnesThereAre() throws Exception {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/orders.log"), "started\n");
        Outcome outcome = run("logs", "portfolioz", "--data", folder.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("There is no log of portfolioz. There are: orders");
    }

    private static Outcome run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("../../brokerx"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
