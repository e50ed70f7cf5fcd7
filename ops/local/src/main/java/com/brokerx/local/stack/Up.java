package com.brokerx.local.stack;

import com.brokerx.local.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
            List<String> taken = Ports.taken(Stack.ports(ordersInstances));
            if (!taken.isEmpty()) {
                throw new UserError(String.join("\n", taken) + "\nEnd what holds it, then try again.");
            }
            if (!detach) {
                return new Supervisor(home, root, ordersInstances, console).run();
            }
        }
        return new DetachedSupervisor(home, root, ordersInstances, console).run();
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
