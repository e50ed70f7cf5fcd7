package com.brokerx.local.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much processor time each process takes, its children included (on Linux those too that have ended meanwhile), and how busy the
 * machine is in all.
 */
final class CpuMeter {

    private static final String GENERATOR = "load generator";
    private static final double TICKS_A_SECOND = 100;
    /** Where four kinds of time begin among the fields that follow the name: user and system, and those of ended children. */
    private static final int USER_TIME = 11;

    private static final int KINDS_OF_TIME = 4;

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    private Map<String, Double> before;
    private long began;

    CpuMeter(Map<String, ProcessHandle> processes) {
        this.processes.putAll(processes);
    }

    void start() {
        MACHINE.getCpuLoad(); // the next call tells of the time since this one
        before = seconds();
        began = System.nanoTime();
    }

    /**
     * @param seconds of processor time by process
     * @param elapsed seconds that passed
     * @param others cores that were used on average by processes which have nothing to do with this run
     */
    record Usage(Map<String, Double> seconds, double elapsed, double others) {

        /** Cores that the process used on average. */
        double cores(String process) {
            return seconds.get(process) / elapsed;
        }

        double allSeconds() {
            return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    Usage stop() {
        double elapsed = (System.nanoTime() - began) / 1e9;
        double busy = MACHINE.getCpuLoad() * Runtime.getRuntime().availableProcessors();
        Map<String, Double> used = new LinkedHashMap<>();
        seconds().forEach((name, seconds) -> used.put(name, seconds - before.get(name)));
        double ours = used.values().stream().mapToDouble(Double::doubleValue).sum() / elapsed;
        return new Usage(used, elapsed, Math.max(0, busy - ours));
    }

    private Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, process) -> seconds.put(
                name,
                Stream.concat(Stream.of(process), process.descendants())
                        .mapToDouble(CpuMeter::seconds)
                        .sum()));
        seconds.put(GENERATOR, seconds(ProcessHandle.current()));
        return seconds;
    }

    private static double seconds(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return secondsOf(Files.readString(stat));
        } catch (IOException elsewhere) {
            return ownSeconds(process);
        }
    }

    /** Of the process and of its children that have ended, from the line that proc(5) tells of. */
    private static double secondsOf(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Arrays.stream(fields, USER_TIME, USER_TIME + KINDS_OF_TIME)
                .mapToLong(Long::parseLong)
                .sum();
        return ticks / TICKS_A_SECOND;
    }

    private static double ownSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }
}
