package com.brokerx.local.stack;

import com.brokerx.local.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code ./brokerx monolith}: the three services in one process on port 3000. Beside a running stack it works on the services' databases, so
 * that {@code ./brokerx failover} can send it their traffic; with {@code --shared}, or where no stack runs, it has one database of its own with
 * a schema for each service.
 */
public final class Monolith {

    static final String SUPERVISOR = "monolith-supervisor";
    static final Set<String> PARTS = Set.of(SUPERVISOR, "monolith", "postgres-brokerx");

    private final Home home;
    private final Path root;
    private final boolean shared;
    private final boolean detach;
    private final Console console = new Console(System.out);

    private Monolith(Home home, Path root, boolean shared, boolean detach) {
        this.home = home;
        this.root = root;
        this.shared = shared;
        this.detach = detach;
    }

    /** Reads the options. @throws UserError for one that {@code monolith} does not have */
    public static Monolith with(Home home, Path root, List<String> options) throws IOException {
        List<String> rest = new ArrayList<>(options);
        boolean detach = rest.remove("--detach");
        boolean alone = home.pid(Home.SUPERVISOR).process().isEmpty();
        boolean shared = rest.remove("--shared") || alone;
        if (!rest.isEmpty()) {
            throw new UserError("monolith has no option " + rest.getFirst() + ". See ./brokerx help");
        }
        return new Monolith(home, root, shared, detach);
    }

    public int run() throws IOException, InterruptedException {
        home.create();
        Path file = home.run().resolve(SUPERVISOR + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                console.say("The monolith is running already. ./brokerx down ends it, and the rest.");
                return 0;
            }
            Ports.requireFree(Stack.monolithPorts(shared));
            if (!detach) {
                return new Supervisor(home, root, cast(), console).run();
            }
        }
        List<String> call = shared ? List.of("monolith", "--shared") : List.of("monolith");
        return new DetachedSupervisor(home, root, SUPERVISOR, call, console).run();
    }

    private Cast cast() {
        Stack stack = new Stack(home, root);
        boolean mail =
                Ports.taken(List.of(Stack.SMTP_PORT, Stack.MAIL_PAGE_PORT)).isEmpty();
        JavaPart monolith = stack.monolith(shared);
        return new Cast(
                SUPERVISOR,
                mail,
                programs -> shared ? List.of(stack.sharedPostgres(programs)) : List.of(),
                List.of(monolith),
                List.of(),
                took -> {
                    console.say("");
                    console.say("  monolith     %s", monolith.address());
                    console.say(
                            "  database     %s",
                            shared ? "localhost:5432 brokerx, a schema for each service" : "the services' own");
                    console.say(shared ? "" : "  Next: ./brokerx failover monolith sends it what comes to the gateway");
                    console.say("BrokerX is ready after %.1f s.", took.toMillis() / 1000.0);
                });
    }
}
