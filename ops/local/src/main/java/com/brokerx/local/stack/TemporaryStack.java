package com.brokerx.local.stack;

import com.brokerx.local.UserError;
import com.brokerx.local.mail.MailCatcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A whole BrokerX of its own for as long as it is open: on ports that are free, in a folder that is emptied first, beside whatever
 * else runs. Its PostgreSQL is the one of {@code ./brokerx up}: {@code fsync} and {@code synchronous_commit} are on. Nothing is
 * restarted: what dies stays dead, and the caller is told at the next {@link #check}.
 */
public final class TemporaryStack implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final int LOG_LINES = 25;
    private static final int SHIFT_STEP = 200;
    private static final int SMALLEST_SHIFT = 10_000;
    private static final int SHIFTS = 70;
    private static final Pattern RATE_LIMIT = Pattern.compile("(?m)^(\\s+minute:) \\d+");

    /**
     * @param gateway whether a gateway stands before the services; it counts requests and refuses none
     * @param ordersInstances how many instances of the orders service run
     * @param jvmFlags of the services, a garbage collector among them
     * @param environment what the services are told beyond addresses
     */
    public record Options(
            boolean gateway, int ordersInstances, List<String> jvmFlags, Map<String, String> environment) {}

    private final Home home;
    private final Stack stack;
    private final Options options;
    private final MailCatcher mail;
    private final Map<Part, Process> processes = new LinkedHashMap<>();
    private final Thread closer = new Thread(this::end, "stop");

    private TemporaryStack(Home home, Stack stack, Options options) {
        this.home = home;
        this.stack = stack;
        this.options = options;
        this.mail = MailCatcher.start(stack.smtpPort(), stack.mailPagePort());
    }

    /**
     * Starts everything and returns when it is healthy.
     *
     * @param folder is emptied, but for its cache
     * @throws UserError with the end of the log of what did not start
     */
    public static TemporaryStack start(Path root, Path folder, Options options)
            throws IOException, InterruptedException {
        Home home = new Home(folder);
        Leftovers.endIn(home, new Console(System.out));
        for (Path old : List.of(home.run(), home.data(""), folder.resolve("logs"))) {
            delete(old);
        }
        home.create();
        PostgresPrograms programs = PostgresPrograms.unpackInto(home.cache());
        Variation variation =
                new Variation(freeShift(options), options.jvmFlags(), options.environment(), openDoor(root, folder));
        TemporaryStack started = new TemporaryStack(home, new Stack(home, root, variation), options);
        Runtime.getRuntime().addShutdownHook(started.closer);
        try {
            started.startParts(programs);
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** A load test is one consumer who does in a second what the door grants for a minute. */
    private static Path openDoor(Path root, Path folder) throws IOException {
        String door = Files.readString(root.resolve("kong").resolve("kong.yml"));
        return Files.writeString(
                folder.resolve("kong.yml"), RATE_LIMIT.matcher(door).replaceAll("$1 1000000000"));
    }

    private static int freeShift(Options options) {
        int first = ThreadLocalRandom.current().nextInt(SHIFTS);
        for (int i = 0; i < SHIFTS; i++) {
            int shift = SMALLEST_SHIFT + SHIFT_STEP * ((first + i) % SHIFTS);
            List<Integer> ports = Stream.concat(
                            Stack.ports(options.ordersInstances()).stream(), Stack.extraPorts().stream())
                    .map(port -> port + shift)
                    .toList();
            if (Ports.taken(ports).isEmpty()) {
                return shift;
            }
        }
        throw new UserError("There are not enough free ports between 10000 and 32767.");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void startParts(PostgresPrograms programs) throws IOException, InterruptedException {
        List<Part> databases = new ArrayList<>();
        Stack.databases().forEach(database -> databases.add(stack.postgres(programs, database)));
        startAll(databases);
        List<Part> services = new ArrayList<>(stack.services(options.ordersInstances()));
        if (Stack.needsRedis(options.ordersInstances())) {
            services.add(stack.redis());
        }
        if (options.gateway()) {
            services.add(stack.gateway(options.ordersInstances()));
        }
        startAll(services);
    }

    private void startAll(List<Part> parts) throws IOException, InterruptedException {
        for (Part part : parts) {
            Process process = part.start();
            home.pid(part.name()).write(process.pid());
            processes.put(part, process);
        }
        for (Part part : parts) {
            Process process = processes.get(part);
            boolean answered = Processes.await(() -> !process.isAlive() || part.isHealthy(), START_PATIENCE);
            if (!answered || !process.isAlive()) {
                throw notRunning(part);
            }
        }
    }

    private UserError notRunning(Part part) throws IOException {
        Path log = home.log(part.name());
        return new UserError("%s does not run. The end of %s:%n%s"
                .formatted(part.name(), log, String.join("\n", LogFile.tail(log, LOG_LINES))));
    }

    /** The monolith beside the services, on their databases. */
    public void startMonolith() throws IOException, InterruptedException {
        startAll(List.of(stack.monolith(false)));
    }

    /** The gateway's Admin API. */
    public URI gatewayAdmin() {
        return stack.gatewayAdmin();
    }

    /** Prometheus, scraping every service and the gateway. */
    public void startPrometheus() throws IOException, InterruptedException {
        startAll(List.of(stack.prometheus(options.ordersInstances())));
    }

    /** @throws UserError when one of the processes has died */
    public void check() throws IOException {
        for (Map.Entry<Part, Process> each : processes.entrySet()) {
            if (!each.getValue().isAlive()) {
                throw notRunning(each.getKey());
            }
        }
    }

    /** The address of {@code clients}, {@code portfolios}, {@code orders}, {@code orders-2} … or {@code gateway}. */
    public URI address(String part) {
        return URI.create(find(part).address());
    }

    /** Where a service answers those who run it: metrics, health. */
    public URI admin(String service) {
        return URI.create("http://localhost:" + Stack.adminPort(address(service).getPort()));
    }

    /** JDBC URL of one of the databases {@code clients}, {@code portfolios}, {@code orders}; user postgres, no password. */
    public String database(String name) {
        return find("postgres-" + name).address();
    }

    private Part find(String name) {
        return processes.keySet().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part is called " + name));
    }

    /** The processes by the names of their parts; PostgreSQL's is the postmaster. */
    public Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> handles = new LinkedHashMap<>();
        processes.forEach((part, process) -> handles.put(part.name(), process.toHandle()));
        return handles;
    }

    /** The log of a part. */
    public Path log(String part) {
        return home.log(part);
    }

    /** Ends everything, databases last. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook has run, or runs now and finds nothing left to end.
            processes.clear();
        }
    }

    private synchronized void end() {
        List<Part> lastFirst = new ArrayList<>(processes.keySet()).reversed();
        lastFirst.forEach(part -> part.end(processes.get(part).toHandle()));
        processes.clear();
        mail.close();
    }
}
