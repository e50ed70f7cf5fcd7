package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code ./brokerx status}: each part with pid, health and address. Exit status 0 only when all of it is healthy. */
public final class Status {

    private final Home home;
    private final Console console = new Console(System.out);

    public Status(Home home) {
        this.home = home;
    }

    public int run() throws IOException {
        Optional<ProcessHandle> supervisor = home.pid(Home.SUPERVISOR).process();
        List<PidFile> files = home.pids();
        if (supervisor.isEmpty() && files.isEmpty()) {
            console.say("BrokerX is not running in %s. ./brokerx up starts it.", home.folder());
            return 1;
        }
        console.say("%-20s %8s  %-10s %s", "NAME", "PID", "STATE", "ADDRESS");
        line(Home.SUPERVISOR, supervisor, supervisor.isPresent() ? "running" : "dead", "");
        boolean healthy = supervisor.isPresent();
        for (Part part : parts(files)) {
            healthy &= show(part);
        }
        return healthy ? 0 : 1;
    }

    private boolean show(Part part) throws IOException {
        Optional<ProcessHandle> process = home.pid(part.name()).process();
        boolean healthy = process.isPresent() && part.isHealthy();
        line(part.name(), process, process.isEmpty() ? "dead" : healthy ? "healthy" : "unhealthy", part.address());
        return healthy;
    }

    private void line(String name, Optional<ProcessHandle> process, String state, String address) {
        String pid = process.map(handle -> Long.toString(handle.pid())).orElse("-");
        console.say("%-20s %8s  %-10s %s", name, pid, state, address);
    }

    /** All parts there must be; how many instances of orders, their pid files tell. */
    private List<Part> parts(List<PidFile> files) {
        Stack stack = new Stack(home, Path.of(""));
        Set<String> names = files.stream().map(PidFile::name).collect(Collectors.toSet());
        int orders = Math.max(
                1,
                Math.toIntExact(names.stream()
                        .filter(name -> name.matches("orders(-\\d)?"))
                        .count()));
        List<Part> parts = new ArrayList<>();
        Stack.databases().forEach(database -> parts.add(stack.postgres(null, database)));
        if (Stack.needsRedis(orders)) {
            parts.add(stack.redis());
        }
        parts.addAll(stack.services(orders));
        parts.add(stack.gateway(1));
        if (names.contains("prometheus")) {
            parts.add(stack.prometheus(1));
        }
        if (names.contains("monolith")) {
            parts.add(stack.monolith(false));
        }
        return parts;
    }
}
