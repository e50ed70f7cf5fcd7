package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code --detach}: the supervisor in a session of its own; what it says is shown until it is ready or has failed. */
final class DetachedSupervisor {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String READY = "BrokerX is ready";

    private final Home home;
    private final Path root;
    private final String name;
    private final List<String> call;
    private final Console console;

    /** @param call what to run, without {@code --detach} */
    DetachedSupervisor(Home home, Path root, String name, List<String> call, Console console) {
        this.home = home;
        this.root = root;
        this.name = name;
        this.call = call;
        this.console = console;
    }

    int run() throws IOException, InterruptedException {
        Path log = home.log(name);
        Files.deleteIfExists(log);
        Process supervisor = launch(log);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int shown = 0;
        while (System.nanoTime() < deadline) {
            boolean over = supervisor.waitFor(100, TimeUnit.MILLISECONDS);
            List<String> lines = completeLines(log);
            lines.subList(shown, lines.size()).forEach(line -> console.say("%s", line));
            shown = lines.size();
            if (lines.stream().anyMatch(line -> line.startsWith(READY))) {
                return 0;
            }
            if (over) {
                return 1;
            }
        }
        console.say("Not healthy after %d s; ending it. See %s", PATIENCE.toSeconds(), log);
        supervisor.destroy();
        return 1;
    }

    private static List<String> completeLines(Path log) throws IOException {
        String text = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private Process launch(Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Processes.succeeds("setsid", "true") ? "setsid" : "nohup");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("com.brokerx.local.Main");
        command.addAll(call);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }
}
