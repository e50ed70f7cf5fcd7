package com.brokerx.local.failover;

import com.brokerx.local.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code ./brokerx failover monolith|services [CONTEXT …] [--compose]}: has the running gateway send all contexts, or some, to the
 * monolith or back to their own services. The gateway's configuration is replaced as a whole, at once and without a restart; requests
 * under way end where they began. With {@code --compose} Kong finds the same again when it is restarted.
 */
public final class Failover {

    static final List<String> CONTEXTS = List.of("clients", "portfolios", "orders");
    private static final String USAGE =
            "./brokerx failover monolith|services [clients] [portfolios] [orders] [--compose]";

    /** The configuration of development has it, no other. */
    private static final String DEVELOPMENT_KEY = "brokerx-demo-key";

    private final boolean toMonolith;
    private final Set<String> contexts;
    private final KongAdmin admin;
    private final KongConfigurations configurations;
    private final URI monolith;
    private final PrintStream out;

    Failover(
            boolean toMonolith,
            Set<String> contexts,
            KongAdmin admin,
            KongConfigurations configurations,
            URI monolith,
            PrintStream out) {
        this.toMonolith = toMonolith;
        this.contexts = contexts;
        this.admin = admin;
        this.configurations = configurations;
        this.monolith = monolith;
        this.out = out;
    }

    /** Reads the options. @throws UserError for what failover does not know */
    public static Failover with(Path root, URI gatewayAdmin, URI monolith, List<String> options, PrintStream out) {
        List<String> words = new ArrayList<>(options);
        boolean compose = words.remove("--compose");
        if (words.isEmpty() || !List.of("monolith", "services").contains(words.getFirst())) {
            throw new UserError(USAGE);
        }
        List<String> named = words.subList(1, words.size());
        named.stream()
                .filter(context -> !CONTEXTS.contains(context))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new UserError("There is no context " + unknown + ". " + USAGE);
                });
        return new Failover(
                words.getFirst().equals("monolith"),
                new TreeSet<>(named.isEmpty() ? CONTEXTS : named),
                new KongAdmin(gatewayAdmin),
                compose ? KongConfigurations.ofCompose(root, "docker") : KongConfigurations.ofThisMachine(root),
                monolith,
                out);
    }

    public int run() throws IOException, InterruptedException {
        String inForce = admin.configuration();
        Set<String> onMonolith = configurations.onMonolith(inForce);
        if (toMonolith) {
            requireMonolith();
            onMonolith.addAll(contexts);
        } else {
            onMonolith.removeAll(contexts);
        }
        String next = configurations.with(onMonolith);
        requireSameEnvironment(inForce, next);
        admin.load(next);
        configurations.keep(onMonolith);
        for (String context : CONTEXTS) {
            out.printf("%-12s %s%n", context, onMonolith.contains(context) ? "monolith" : "its own service");
        }
        return 0;
    }

    /** Compose makes the configuration of development unless it is told otherwise, and its key is known to everybody. */
    private static void requireSameEnvironment(String inForce, String next) {
        if (next.contains(DEVELOPMENT_KEY) && !inForce.contains(DEVELOPMENT_KEY)) {
            throw new UserError("The gateway is in production, and this would give it the keys of development. "
                    + "Name production's compose file in .env (COMPOSE_FILE, see .env.example) and use --compose.");
        }
    }

    private void requireMonolith() throws InterruptedException {
        if (!admin.isOk(monolith.resolve("/health"))) {
            throw new UserError("The monolith does not answer at " + monolith + ". Start it first: ./brokerx monolith");
        }
    }
}
