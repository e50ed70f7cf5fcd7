package com.brokerx.local.bench;

import com.brokerx.local.stack.TemporaryStack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Flight Recorder in the services: to find what bounds a figure, see docs/performance.md. */
final class Profiles {

    private static final List<String> SERVICES = List.of("clients", "portfolios", "orders");

    private Profiles() {}

    /** Has each service record from its start; the recording keeps the last minutes. */
    static void prepare(List<String> jvmFlags, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("profiles"));
        jvmFlags.add("-XX:+UnlockDiagnosticVMOptions");
        jvmFlags.add("-XX:+DebugNonSafepoints");
        jvmFlags.add("-XX:StartFlightRecording:name=bench,settings=profile,maxage=10m");
    }

    /** Starts afresh, so that warming up is not in the picture. */
    static void restart(TemporaryStack stack) throws IOException, InterruptedException {
        for (ProcessHandle process : services(stack).values()) {
            jcmd(process, "JFR.stop", "name=bench");
            jcmd(process, "JFR.start", "name=bench", "settings=profile");
        }
    }

    static void collect(TemporaryStack stack, Path folder, PrintStream out) throws IOException, InterruptedException {
        for (Map.Entry<String, ProcessHandle> service : services(stack).entrySet()) {
            Path file = folder.resolve("profiles").resolve(service.getKey() + ".jfr");
            jcmd(service.getValue(), "JFR.dump", "name=bench", "filename=" + file);
            out.println("  profile in " + file);
        }
    }

    private static Map<String, ProcessHandle> services(TemporaryStack stack) {
        Map<String, ProcessHandle> services = stack.processes();
        services.keySet().retainAll(SERVICES);
        return services;
    }

    private static void jcmd(ProcessHandle process, String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(process.pid()));
        command.addAll(List.of(words));
        Process jcmd = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + String.join(" ", words) + " failed");
        }
    }
}
