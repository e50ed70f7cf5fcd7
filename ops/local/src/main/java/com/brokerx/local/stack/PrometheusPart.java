package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prometheus where it is installed, with the configuration and the rules of {@code ops/prometheus} and this machine's targets. Grafana is not
 * started: its dashboards are for the compose stack, whose Prometheus they ask.
 *
 * @param targets what is scraped: an instance's name to host and port
 */
record PrometheusPart(Home home, Path root, int port, Map<String, String> targets) implements Part {

    static final int PORT = 9090;
    static final String ABSENT = """
            Prometheus is not installed, so there is no monitoring. To have it: apt-get install prometheus (Debian, Ubuntu) or \
            brew install prometheus (macOS), then ./brokerx up --monitoring again. With Docker: docker compose up, which \
            has Grafana and the dashboards too.""";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OWN_TARGETS = "this-machine.yml";

    static boolean isInstalled() throws InterruptedException {
        return Processes.succeeds("prometheus", "--version");
    }

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public String address() {
        return "http://localhost:" + port;
    }

    @Override
    public Process start() throws IOException, InterruptedException {
        Path folder = layOut();
        return new ProcessBuilder(Processes.inOwnSession(java.util.List.of(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + home.data(name()),
                        "--storage.tsdb.retention.time=7d",
                        "--web.listen-address=127.0.0.1:" + port)))
                .redirectErrorStream(true)
                .redirectOutput(LogFile.append(home.log(name())))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    private Path layOut() throws IOException {
        Path source = root.resolve("ops/prometheus");
        Path folder = home.cache().resolve(name());
        Files.createDirectories(folder.resolve("rules"));
        Files.createDirectories(folder.resolve("targets"));
        copy(source.resolve("prometheus.yml"), folder);
        try (Stream<Path> rules = Files.list(source.resolve("rules"))) {
            for (Path file : rules.toList()) {
                copy(file, folder.resolve("rules"));
            }
        }
        Files.writeString(folder.resolve("targets").resolve(OWN_TARGETS), targetFile());
        return folder;
    }

    private static void copy(Path file, Path folder) throws IOException {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a process is, is its instance's name without the number: {@code orders-2} is one of {@code orders}. */
    private String targetFile() {
        return new TreeMap<>(targets)
                .entrySet().stream()
                        .map(target -> "- {targets: [\"%s\"], labels: {job: %s, instance: %s}}%n"
                                .formatted(
                                        target.getValue(), target.getKey().replaceAll("-\\d+$", ""), target.getKey()))
                        .collect(Collectors.joining());
    }

    @Override
    public boolean isHealthy() {
        return Health.isOk(address() + "/-/ready");
    }

    @Override
    public void end(ProcessHandle process) {
        Processes.end(process, PATIENCE);
    }
}
