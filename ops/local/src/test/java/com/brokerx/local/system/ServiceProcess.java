package com.brokerx.local.system;

import com.brokerx.local.system.Http.Answer;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One service in a process of its own. */
public final class ServiceProcess {

    private static final Duration START_PATIENCE = Duration.ofSeconds(120);

    private final String name;
    private final String main;
    private final Path configuration;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    ServiceProcess(String name, String main, Path configuration, Map<String, String> environment, Path logs) {
        this.name = name;
        this.main = main;
        this.configuration = configuration;
        this.environment = Map.copyOf(environment);
        this.log = logs.resolve(name + ".log");
    }

    public String url() {
        return "http://localhost:" + environment.get("PORT");
    }

    public String adminUrl() {
        return "http://localhost:" + environment.get("ADMIN_PORT");
    }

    Map<String, String> environment() {
        return environment;
    }

    public synchronized void start() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                main,
                "server",
                configuration.toString());
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: no hook runs, nothing is flushed. */
    public synchronized void kill() {
        if (process != null) {
            Signals.kill(process);
        }
    }

    public void restart() {
        kill();
        start();
        awaitHealthy();
    }

    /** Stops the process where it stands, as a long pause of the machine would. */
    public void freeze() {
        Signals.freeze(process);
    }

    public void thaw() {
        Signals.thaw(process);
    }

    public void awaitHealthy() {
        Eventually.await(name + " is healthy", START_PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended by itself:\n" + lastLines());
            }
            Answer answer = Http.tryGet(adminUrl() + "/healthcheck");
            return answer != null && answer.status() == 200;
        });
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String classPath() {
        return Path.of("target", "lib").toAbsolutePath() + "/*";
    }
}
