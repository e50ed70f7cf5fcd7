package com.brokerx.local.bench;

import com.brokerx.local.stack.TemporaryStack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flight Recorder in the services: to find what bounds a figure, see docs/performance.md. */
final class Profiles {

    private static final List<String> SERVICES = List.of("clients", "portfolios", "orders");

    /** A process whose cores are all in use does not answer within the usual ten seconds. */
    private static final String PATIENT = "-J-Dsun.tools.attach.attachTimeout=60000";

    private Profiles() {}

    /** Has each service record from its start; the recording keeps the last minutes. */
    static void prepare(List<String> jvmFlags, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("profiles"));
        jvmFlags.add("-XX:+UnlockDiagnosticVMOptions");
        jvmFlags.add("-XX:+DebugNonSafepoints");
        jvmFlags.add("-XX:StartFlightRecording:name=bench,settings=profile,maxage=10m");
    }

    /** Writes what was recorded since {@code begin}, so that warming up is not in the picture. */
    static void collect(TemporaryStack stack, Path folder, Instant begin, PrintStream out)
            throws IOException, InterruptedException {
        long seconds = Math.max(1, Duration.between(begin, Instant.now()).toSeconds());
        for (Map.Entry<String, ProcessHandle> service : services(stack).entrySet()) {
            Path file = folder.resolve("profiles").resolve(service.getKey() + ".jfr");
            jcmd(service.getValue(), "JFR.dump", "name=bench", "begin=-" + seconds + "s", "filename=" + file);
            out.println("  profile in " + file);
        }
    }

    private static Map<String, ProcessHandle> services(TemporaryStack stack) {
        Map<String, ProcessHandle> services = stack.processes();
        services.keySet().retainAll(SERVICES);
        return services;
    }

    private static void jcmd(ProcessHandle process, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(PATIENT);
        command.add(Long.toString(process.pid()));
        command.addAll(List.of(words));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + String.join(" ", words) + " failed: " + answer.strip());
        }
    }
}
