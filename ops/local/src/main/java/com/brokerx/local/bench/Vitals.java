package com.brokerx.local.bench;

import com.brokerx.local.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a service's process holds of the machine at one moment.
 *
 * @param residentMegabytes memory that is really in use: heap, code, stacks, buffers
 * @param mostResidentMegabytes the most since the process started
 * @param heapMegabytes of the old generation that the last full collection could not free: what a leak would let grow; 0 before the
 *     first one
 * @param threads of the platform
 * @param files open files and sockets
 */
record Vitals(
        double residentMegabytes, double mostResidentMegabytes, double heapMegabytes, double threads, double files) {

    private static final double KIBIBYTES = 1 / 1024.0;
    private static final double BYTES = KIBIBYTES / 1024;
    private static final String HEAP = "jvm_memory_pool_collection_used_bytes{";

    /** @param metrics the page of metrics of the process */
    static Vitals of(long pid, String metrics) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            throw new UserError("The memory of a process is read from %s, which is not there.".formatted(status));
        }
        return of(Files.readAllLines(status), metrics.lines().toList());
    }

    static Vitals of(List<String> status, List<String> metrics) {
        return new Vitals(
                last(status, line -> line.startsWith("VmRSS:")) * KIBIBYTES,
                last(status, line -> line.startsWith("VmHWM:")) * KIBIBYTES,
                last(metrics, Vitals::isOldGeneration) * BYTES,
                last(metrics, line -> line.startsWith("jvm_threads_current ")),
                last(metrics, line -> line.startsWith("process_open_fds ")));
    }

    /** Each collector has a name of its own for it. */
    private static boolean isOldGeneration(String line) {
        return line.startsWith(HEAP) && (line.contains("Tenured") || line.contains("Old"));
    }

    /** The number that the line ends with, a unit left out. */
    private static double last(List<String> lines, Predicate<String> wanted) {
        String line = lines.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a line is missing in " + lines));
        String number = line.endsWith(" kB") ? line.substring(0, line.length() - 3) : line;
        return Double.parseDouble(number.substring(Math.max(number.lastIndexOf(' '), number.lastIndexOf('\t')) + 1));
    }
}
