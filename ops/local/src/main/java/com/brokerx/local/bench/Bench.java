package com.brokerx.local.bench;

import com.brokerx.local.reconcile.Reconcile;
import com.brokerx.local.stack.TemporaryStack;
import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./brokerx bench}: load figures of a BrokerX of its own, which is started for it and ended afterwards. */
public final class Bench {

    private static final int LONE_SECONDS = 8;
    private static final int FOLLOWED_RATE = 500;
    /** Through the cash account of one of the clients who trade. */
    private static final int STORED_ENTRIES = 1_000_000;

    private final BenchOptions options;
    private final Path root;
    private final Path folder;
    private final PrintStream out;

    /** @param home where the stack of the bench gets a folder of its own */
    public Bench(Path root, Path home, List<String> words, PrintStream out) {
        this.options = BenchOptions.read(words);
        this.root = root;
        this.folder = home.resolve("bench");
        this.out = out;
    }

    /** 0 when all went well; 1 when something was lost or refused that should not have been. */
    public int run() throws IOException, InterruptedException, SQLException {
        Files.createDirectories(folder);
        Machine machine = Machine.look(folder);
        say("%d cores, %.0f GiB, one fsync %.0f µs", machine.cores(), machine.memoryGiB(), machine.fsyncMicros());
        say("Starting a stack of its own in %s", folder);
        try (TemporaryStack stack = TemporaryStack.start(root, folder, stackOptions());
                Databases databases = new Databases(stack)) {
            return measure(machine, stack, databases);
        }
    }

    private TemporaryStack.Options stackOptions() throws IOException {
        List<String> flags = new ArrayList<>(options.jvmFlags());
        if (options.profile()) {
            Profiles.prepare(flags, folder);
        }
        return new TemporaryStack.Options(options.throughGateway(), 1, flags, Map.of("SIMULATION", "false"));
    }

    private int measure(Machine machine, TemporaryStack stack, Databases databases)
            throws IOException, InterruptedException, SQLException {
        Services services = new Services(stack);
        Enrolment enrolment = new Enrolment(services, options.symbols(), root);
        say("Enrolling and funding %d clients", options.clients());
        List<Account> accounts = enrolment.enrol(options.clients());
        Baseline baseline = new Baseline(stack.database("orders"), folder);
        Rounds rounds = new Rounds(options, stack, databases, baseline, accounts, enrolment, out);
        Reconcile reconcile =
                new Reconcile(stack.address("portfolios"), stack.address("orders"), Reconcile.PATIENCE, out);
        Audit audit = new Audit(accounts, services, databases, rounds, reconcile, out);
        audit.begin();

        say("Warming up");
        rounds.warmUp();
        if (options.soakMinutes().isPresent()) {
            return soak(options.soakMinutes().getAsInt(), stack, rounds, audit);
        }
        baseline.measure(2);
        audit.emptyBooks();
        Instant warm = Instant.now();
        say(
                "%nSaturation: %d connections, %d rounds of %d s; baseline: %s",
                options.connections(), options.rounds(), options.seconds(), baseline.name());
        List<Round> saturated = rounds.saturated();
        if (options.profile()) {
            Profiles.collect(stack, folder, warm, out);
        }
        audit.emptyBooks();
        say("%nOpen arrival: %d new orders/s offered", options.rate());
        List<Round> offered = rounds.offered();
        Optional<Stored> stored = Optional.empty();
        if (options.storedOrders().isPresent()) {
            stored = Optional.of(stored(options.storedOrders().getAsInt(), stack, rounds, audit, accounts));
        }
        say("%nOne client alone");
        Round lone = rounds.lone(LONE_SECONDS);
        say("%nLive stream: %d subscribers at %d new orders/s", options.subscribers(), FOLLOWED_RATE);
        rounds.followed(FOLLOWED_RATE);
        HandOff.Result handOff = HandOff.measure(stack.database("orders").replaceFirst("[^/]+$", "baseline"));
        say(
                "  transaction alone: direct %.0f µs, through the batches %.0f µs, ratio %.2f",
                handOff.directMicros(), handOff.batchedMicros(), handOff.ratio());

        boolean sound = audit.end();
        stack.check();
        Results results = new Results(
                options, machine, baseline.name(), saturated, offered, lone, handOff, stored, databases.storedOrders());
        new Summary(results, out).print();
        if (options.report().isPresent()) {
            new Report(results).write(options.report().get());
            say("Wrote %s", options.report().get().resolve("benchmarks.md"));
        }
        return sound && noFailures(results) ? 0 : 1;
    }

    private int soak(int minutes, TemporaryStack stack, Rounds rounds, Audit audit)
            throws IOException, InterruptedException, SQLException {
        say(
                "%nLoad without a pause for %d minutes: %d connections, services with %s",
                minutes, options.connections(), String.join(" ", options.jvmFlags()));
        boolean steady = new Soak(stack, rounds, audit, out).run(minutes);
        rounds.awaitSettled();
        boolean sound = audit.end();
        stack.check();
        return steady && sound ? 0 : 1;
    }

    /** Fills the databases, and does the same rounds again. */
    private Stored stored(int orders, TemporaryStack stack, Rounds rounds, Audit audit, List<Account> accounts)
            throws IOException, InterruptedException, SQLException {
        say("%nStoring %,d orders of earlier days, and %,d entries of one account", orders, STORED_ENTRIES);
        long stored = new History(stack::database, accounts, options.symbols(), out).fill(orders, STORED_ENTRIES);
        audit.emptyBooks();
        say("%nThe same with %,d more orders stored", stored);
        List<Round> saturated = rounds.saturated();
        audit.emptyBooks();
        return new Stored(stored, saturated, rounds.offered());
    }

    private static boolean noFailures(Results results) {
        return results.rounds().allMatch(round -> round.load().failures() == 0);
    }

    @FormatMethod
    private void say(String format, Object... arguments) {
        out.println(format.formatted(arguments));
    }
}
