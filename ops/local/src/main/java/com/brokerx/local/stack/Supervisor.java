package com.brokerx.local.stack;

import com.brokerx.local.mail.MailCatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts all parts in their order, keeps them running, and ends them in the opposite order. */
final class Supervisor {

    private static final Duration START_PATIENCE = Duration.ofSeconds(150);
    private static final int HOPELESS_STARTS = 3;
    private static final int LOG_LINES = 25;

    private final Home home;
    private final Stack stack;
    private final Cast cast;
    private final Console console;
    private final Map<String, Long> logStarts = new HashMap<>();
    private final List<Keeper> databases = new ArrayList<>();
    private final List<Keeper> services = new ArrayList<>();
    private final CountDownLatch databasesHealthy = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;

    Supervisor(Home home, Path root, Cast cast, Console console) {
        this.home = home;
        this.stack = new Stack(home, root);
        this.cast = cast;
        this.console = console;
    }

    /** Returns only when something did not start; else a signal ends the JVM. */
    int run() throws IOException, InterruptedException {
        Instant began = Instant.now();
        home.pid(cast.name()).write(ProcessHandle.current().pid());
        PostgresPrograms programs = PostgresPrograms.unpackInto(home.cache());
        Optional<MailCatcher> mail =
                cast.mail() ? Optional.of(MailCatcher.start(stack.smtpPort(), stack.mailPagePort())) : Optional.empty();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(mail), "stop"));
        startKeepers(programs);
        boolean healthy = awaitHealthy(databases);
        databasesHealthy.countDown();
        if (!healthy || !awaitHealthy(services)) {
            return stopping ? 0 : explain();
        }
        cast.welcome().print(Duration.between(began, Instant.now()));
        ended.await();
        return 0;
    }

    private void startKeepers(PostgresPrograms programs) throws IOException {
        for (Part database : cast.databases().with(programs)) {
            databases.add(keeper(database, new CountDownLatch(0)));
        }
        for (Part service : cast.services()) {
            services.add(keeper(service, databasesHealthy));
        }
        for (Part part : cast.atOnce()) {
            services.add(keeper(part, new CountDownLatch(0)));
        }
    }

    private Keeper keeper(Part part, CountDownLatch mayStart) throws IOException {
        logStarts.put(part.name(), LogFile.size(home.log(part.name())));
        Keeper keeper = new Keeper(part, home.pid(part.name()), console, mayStart);
        Thread.ofVirtual().name(part.name()).start(keeper);
        return keeper;
    }

    private boolean awaitHealthy(List<Keeper> keepers) throws InterruptedException {
        Instant began = Instant.now();
        List<Keeper> missing = new ArrayList<>(keepers);
        while (!missing.isEmpty() && !stopping) {
            for (Keeper keeper : List.copyOf(missing)) {
                if (keeper.isHealthy()) {
                    missing.remove(keeper);
                    console.say("  %-20s %5.1f s", keeper.part().name(), seconds(began));
                }
            }
            boolean hopeless = missing.stream().anyMatch(Supervisor::isHopeless);
            if (hopeless || began.plus(START_PATIENCE).isBefore(Instant.now())) {
                return false;
            }
            ended.await(100, TimeUnit.MILLISECONDS);
        }
        return !stopping;
    }

    private static boolean isHopeless(Keeper keeper) {
        return keeper.failedStarts() >= HOPELESS_STARTS;
    }

    private static double seconds(Instant began) {
        return Duration.between(began, Instant.now()).toMillis() / 1000.0;
    }

    /** Says what did not become healthy, with the end of its log. */
    private int explain() throws IOException {
        List<Keeper> hopeless =
                allKeepers().stream().filter(Supervisor::isHopeless).toList();
        for (Keeper keeper : hopeless.isEmpty() ? allKeepers() : hopeless) {
            if (!keeper.isHealthy()) {
                String name = keeper.part().name();
                console.say("%n%s did not become healthy. The end of %s:", name, home.log(name));
                LogFile.tail(home.log(name), logStarts.getOrDefault(name, 0L), LOG_LINES)
                        .forEach(line -> console.say("  | %s", line));
            }
        }
        return 1;
    }

    private List<Keeper> allKeepers() {
        List<Keeper> all = new ArrayList<>(databases);
        all.addAll(services);
        return all;
    }

    /** Services first, in parallel; their databases when nobody uses them any more. */
    private void stop(Optional<MailCatcher> mail) {
        stopping = true;
        console.say("Stopping");
        try {
            stopAndAwait(services);
            stopAndAwait(databases);
            mail.ifPresent(MailCatcher::close);
            home.pid(cast.name()).delete();
            console.say("Stopped. Data stays in %s", home.folder());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            console.say("Could not clean up: %s", e.getMessage());
        } finally {
            ended.countDown();
        }
    }

    private static void stopAndAwait(List<Keeper> keepers) throws InterruptedException {
        keepers.forEach(Keeper::stop);
        for (Keeper keeper : keepers) {
            keeper.awaitEnd();
        }
    }
}
