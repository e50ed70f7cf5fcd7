package com.brokerx.local.bench;

import com.brokerx.local.stack.TemporaryStack;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Load for as long as is asked, to see whether memory, threads or files grow with time. Between slices tokens are renewed, and all
 * open orders are cancelled: a market has a book of some size, while this load alone would let it grow for ever.
 */
final class Soak {

    /** Less than access tokens live, and few enough orders rest meanwhile for the heap that a service has. */
    private static final int SLICE_MINUTES = 5;

    private static final List<String> SERVICES = List.of("clients", "portfolios", "orders");
    private static final String OUT_OF_MEMORY = "OutOfMemoryError";

    private final TemporaryStack stack;
    private final Rounds rounds;
    private final Audit audit;
    private final PrintStream out;

    Soak(TemporaryStack stack, Rounds rounds, Audit audit, PrintStream out) {
        this.stack = stack;
        this.rounds = rounds;
        this.audit = audit;
        this.out = out;
    }

    /**
     * False when something was refused that should not have been, could not be cancelled, or a service ran out of memory.
     *
     * @throws com.brokerx.local.UserError when a process has died
     */
    boolean run(int minutes) throws IOException, InterruptedException, SQLException {
        boolean sound = true;
        for (int passed = 0; passed < minutes; ) {
            int slice = Math.min(SLICE_MINUTES, minutes - passed);
            rounds.renewTokens();
            Measurement load = rounds.slice(slice * 60);
            passed += slice;
            show(passed, load);
            boolean enough = hasMemory();
            Audit.Cancelled orders = audit.cancelAll();
            out.printf("      %,d open orders cancelled, %,d not%n", orders.cancelled(), orders.failed());
            out.flush();
            sound &= load.failures() == 0 && orders.failed() == 0 && enough;
        }
        return sound;
    }

    private void show(int minutes, Measurement load) throws IOException, InterruptedException {
        out.printf(
                "%5d min  %,7.0f orders/s  p50 %.1f  p95 %.1f  p99 %.1f ms%s%n",
                minutes,
                load.ordersPerSecond(),
                millis(load, 50),
                millis(load, 95),
                millis(load, 99),
                load.failures() == 0 ? "" : "  FAILED: " + load.refusals());
        for (String service : SERVICES) {
            Vitals vitals = vitals(service);
            out.printf(
                    "      %-10s  resident %4.0f MB (most %4.0f)  heap after full collection %s"
                            + "  threads %3.0f  files %4.0f%n",
                    service,
                    vitals.residentMegabytes(),
                    vitals.mostResidentMegabytes(),
                    vitals.heapMegabytes() == 0 ? "none yet" : "%5.0f MB".formatted(vitals.heapMegabytes()),
                    vitals.threads(),
                    vitals.files());
        }
        out.flush();
    }

    private static double millis(Measurement load, double percentile) {
        return load.latencies(Request.Kind.ORDER).getValueAtPercentile(percentile) / 1000.0;
    }

    private Vitals vitals(String service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stack.admin(service).resolve("/metrics"))
                .timeout(Services.PATIENCE)
                .build();
        String metrics = Services.HTTP
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Vitals.of(stack.processes().get(service).pid(), metrics);
    }

    private boolean hasMemory() throws IOException {
        boolean enough = true;
        for (String service : SERVICES) {
            Path log = stack.log(service);
            try (Stream<String> lines = Files.lines(log)) {
                if (lines.anyMatch(line -> line.contains(OUT_OF_MEMORY))) {
                    out.printf("OUT OF MEMORY: see %s%n", log);
                    enough = false;
                }
            }
        }
        return enough;
    }
}
