package com.brokerx.local.stack;

import com.brokerx.local.UserError;
import com.brokerx.local.gateway.config.KongFileReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** {@code ./brokerx up}: one supervisor for a home at a time, on ports that are free. */
public final class Up {

    private final Home home;
    private final Path root;
    private final Console console = new Console(System.out);
    private int ordersInstances = 1;
    private boolean detach;
    private boolean monitoring;

    private Up(Home home, Path root) {
        this.home = home;
        this.root = root;
    }

    /** Reads the options. @throws UserError for one that {@code up} does not have */
    public static Up with(Home home, Path root, List<String> options) {
        Up up = new Up(home, root);
        for (Iterator<String> rest = options.iterator(); rest.hasNext(); ) {
            switch (rest.next()) {
                case "--detach" -> up.detach = true;
                case "--monitoring" -> up.monitoring = true;
                case "--orders" -> up.ordersInstances = instances(rest.hasNext() ? rest.next() : "");
                case String other -> throw new UserError("up has no option " + other + ". See ./brokerx help");
            }
        }
        return up;
    }

    private static int instances(String word) {
        if (!word.matches("[1-" + Stack.MOST_ORDERS_INSTANCES + "]")) {
            throw new UserError("--orders wants a number from 1 to " + Stack.MOST_ORDERS_INSTANCES);
        }
        return Integer.parseInt(word);
    }

    public int run() throws IOException, InterruptedException {
        home.create();
        try (FileChannel file = FileChannel.open(
                        home.run().resolve("supervisor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                return alreadyRunning();
            }
            Leftovers.endIn(home, console);
            if (monitoring && !PrometheusPart.isInstalled()) {
                console.say(PrometheusPart.ABSENT);
                monitoring = false;
            }
            Ports.requireFree(Stack.ports(ordersInstances));
            if (monitoring) {
                Ports.requireFree(List.of(PrometheusPart.PORT));
            }
            if (!detach) {
                return new Supervisor(home, root, cast(), console).run();
            }
        }
        return new DetachedSupervisor(home, root, Home.SUPERVISOR, call(), console).run();
    }

    private List<String> call() {
        List<String> call = new ArrayList<>(List.of("up", "--orders", Integer.toString(ordersInstances)));
        if (monitoring) {
            call.add("--monitoring");
        }
        return call;
    }

    private Cast cast() throws IOException {
        Stack stack = new Stack(home, root);
        Optional<String> key =
                KongFileReader.read(root.resolve("kong/kong.yml")).keyOf("demo");
        List<JavaPart> services = stack.services(ordersInstances);
        List<Part> atOnce = new ArrayList<>(List.of(stack.gateway(ordersInstances)));
        if (Stack.needsRedis(ordersInstances)) {
            atOnce.add(stack.redis());
        }
        if (monitoring) {
            atOnce.add(stack.prometheus(ordersInstances));
        }
        return new Cast(
                Home.SUPERVISOR,
                true,
                programs -> Stack.databases().stream()
                        .map(database -> stack.postgres(programs, database))
                        .toList(),
                List.copyOf(services),
                atOnce,
                took -> Welcome.print(console, home, services, key, monitoring, took));
    }

    private int alreadyRunning() throws IOException {
        Optional<ProcessHandle> supervisor = home.pid(Home.SUPERVISOR).process();
        console.say(
                "BrokerX is running already in %s%s. ./brokerx status shows it, ./brokerx down ends it.",
                home.folder(),
                supervisor.map(process -> " (process " + process.pid() + ")").orElse(""));
        return 0;
    }
}
