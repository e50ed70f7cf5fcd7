package com.brokerx.local;

import com.brokerx.local.bench.Bench;
import com.brokerx.local.demo.Demo;
import com.brokerx.local.failover.Failover;
import com.brokerx.local.reconcile.Reconcile;
import com.brokerx.local.stack.Down;
import com.brokerx.local.stack.Home;
import com.brokerx.local.stack.Monolith;
import com.brokerx.local.stack.Status;
import com.brokerx.local.stack.Up;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** What the script {@code ./brokerx} runs: one call, its options, and an exit status. */
public final class Main {

    private static final String GATEWAY = "http://localhost:8080";
    private static final String GATEWAY_ADMIN = "http://localhost:8001";
    private static final String MONOLITH = "http://localhost:3000";
    private static final String MAIL_CATCHER = "http://localhost:8025";

    private static final URI PORTFOLIOS = URI.create("http://localhost:3002");
    private static final URI ORDERS = URI.create("http://localhost:3003");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        try {
            System.exit(run(words.getFirst(), words.subList(1, words.size())));
        } catch (UserError e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (FileSystemException e) {
            System.err.println(e.getFile() + ": " + e.getReason()
                    + "\nBrokerX has to write there. ./brokerx CALL --data DIR keeps everything in another folder.");
            System.exit(1);
        }
    }

    private static int run(String call, List<String> options) throws Exception {
        Path root = folder("brokerx.root", "");
        Home home = new Home(folder("brokerx.home", ".brokerx"));
        return switch (call) {
            case "up" -> Up.with(home, root, options).run();
            case "down" -> {
                refuseOptions(call, options);
                yield new Down(home).run();
            }
            case "status" -> {
                refuseOptions(call, options);
                yield new Status(home).run();
            }
            case "demo" -> {
                refuseOptions(call, options);
                yield Demo.with(root.resolve("kong/kong.yml"), GATEWAY, MAIL_CATCHER, System.out)
                        .run();
            }
            case "bench" -> new Bench(root, home.folder(), options, System.out).run();
            case "reconcile" -> new Reconcile(PORTFOLIOS, ORDERS, Reconcile.PATIENCE, System.out).run();
            case "monolith" -> Monolith.with(home, root, options).run();
            case "failover" ->
                Failover.with(root, URI.create(GATEWAY_ADMIN), URI.create(MONOLITH), options, System.out)
                        .run();
            default -> throw new UserError("There is no call '" + call + "'.");
        };
    }

    private static void refuseOptions(String call, List<String> options) {
        if (!options.isEmpty()) {
            throw new UserError(call + " has no option " + options.getFirst() + ". See ./brokerx help");
        }
    }

    private static Path folder(String property, String otherwise) {
        return Path.of(System.getProperty(property, otherwise)).toAbsolutePath().normalize();
    }
}
