package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A service or the gateway: a JVM of its own from the JDK that runs us, on the one class path that all local processes
 * share.
 */
record JavaPart(
        Home home,
        Path root,
        String name,
        String address,
        String healthUrl,
        List<String> jvmFlags,
        Map<String, String> environment,
        String mainClass,
        List<String> arguments)
        implements Part {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public Process start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Processes.inOwnSession(command()));
        builder.directory(root.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", classPath());
        builder.redirectErrorStream(true);
        builder.redirectOutput(LogFile.append(home.log(name)));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(quietFlags());
        command.add("-Dbrokerx.home=" + home.folder());
        command.add("-Dbrokerx.name=" + name);
        command.add("-Duser.timezone=UTC");
        command.addAll(jvmFlags);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:ErrorFile=" + home.log(name + "-crash-%p"));
        command.addAll(new SharedArchive(home.cache(), name, classPath(), jvmFlags).flags());
        command.add("-Dlogback.configurationFile=local/logback.xml");
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** Libraries that reach for Unsafe or native code make newer JDKs print warnings that a newcomer would take for ours. */
    private static List<String> quietFlags() {
        List<String> flags = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED", "-Xlog:cds*=off"));
        if (Runtime.version().feature() >= 24) {
            flags.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Xlog:aot*=off"));
        }
        return flags;
    }

    @Override
    public boolean isHealthy() {
        return Health.isOk(healthUrl);
    }

    @Override
    public void end(ProcessHandle process) {
        Processes.end(process, PATIENCE);
    }
}
