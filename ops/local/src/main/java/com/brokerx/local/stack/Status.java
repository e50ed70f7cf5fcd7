package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ./brokerx status}: each part that is meant to run with pid, health and address. What is meant to run, the pid files tell: they are
 * written at a start and deleted at an end in good order, so that of a part that died the file is left. Exit status 0 only when something is
 * meant to run and all of it is healthy.
 */
public final class Status {

    private final Home home;
    private final Stack stack;
    private final Console console;

    public Status(Home home) {
        this(home, new Stack(home, Path.of("")), new Console(System.out));
    }

    Status(Home home, Stack stack, Console console) {
        this.home = home;
        this.stack = stack;
        this.console = console;
    }

    public int run() throws IOException {
        Set<String> names = home.pids().stream().map(PidFile::name).collect(Collectors.toCollection(HashSet::new));
        boolean monolith = names.removeAll(Monolith.PARTS);
        boolean services = !names.isEmpty() || home.pid(Home.SUPERVISOR).exists();
        if (!services && !monolith) {
            console.say("BrokerX is not running in %s. ./brokerx up starts it.", home.folder());
            return 1;
        }
        console.say("%-20s %8s  %-10s %s", "NAME", "PID", "STATE", "ADDRESS");
        boolean healthy = true;
        if (services) {
            healthy = show(Home.SUPERVISOR, services(names));
        }
        if (monolith) {
            healthy &= show(Monolith.SUPERVISOR, monolith());
        }
        return healthy ? 0 : 1;
    }

    private boolean show(String supervisor, List<Part> parts) throws IOException {
        Optional<ProcessHandle> process = home.pid(supervisor).process();
        line(supervisor, process, process.isPresent() ? "running" : "dead", "");
        boolean healthy = process.isPresent();
        for (Part part : parts) {
            healthy &= show(part, process.isPresent());
        }
        return healthy;
    }

    private boolean show(Part part, boolean supervised) throws IOException {
        PidFile file = home.pid(part.name());
        Optional<ProcessHandle> process = file.process();
        boolean healthy = process.isPresent() && part.isHealthy();
        line(part.name(), process, state(file, process.isPresent(), healthy, supervised), part.address());
        return healthy;
    }

    /** A supervisor that lives starts what is not there yet, and starts again what has died. */
    private static String state(PidFile file, boolean alive, boolean healthy, boolean supervised) {
        if (alive) {
            return healthy ? "healthy" : "unhealthy";
        }
        return supervised && !file.exists() ? "starting" : "dead";
    }

    private void line(String name, Optional<ProcessHandle> process, String state, String address) {
        String pid = process.map(handle -> Long.toString(handle.pid())).orElse("-");
        console.say("%-20s %8s  %-10s %s", name, pid, state, address);
    }

    /** How many instances of orders there are to be, their pid files tell. */
    private List<Part> services(Set<String> names) {
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
        return parts;
    }

    /** Beside the services it works on their databases. */
    private List<Part> monolith() {
        boolean shared = home.pid("postgres-brokerx").exists();
        Part monolith = stack.monolith(shared);
        return shared ? List.of(stack.sharedPostgres(null), monolith) : List.of(monolith);
    }
}
