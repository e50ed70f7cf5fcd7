package com.brokerx.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code ./brokerx down}: ends the supervisor, which ends the rest; or the rest itself, where no supervisor lives. */
public final class Down {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Home home;
    private final Console console = new Console(System.out);

    public Down(Home home) {
        this.home = home;
    }

    public int run() throws IOException {
        boolean monolith = end(Monolith.SUPERVISOR, "the monolith");
        boolean stack = end(Home.SUPERVISOR, "BrokerX");
        List<String> left = Leftovers.endIn(home, console);
        console.say(!monolith && !stack && left.isEmpty() ? "BrokerX was not running." : "Stopped.");
        return 0;
    }

    private boolean end(String supervisor, String what) throws IOException {
        Optional<ProcessHandle> process = home.pid(supervisor).process();
        if (process.isPresent()) {
            console.say("Stopping %s (process %d)", what, process.get().pid());
            Processes.end(process.get(), PATIENCE);
        }
        home.pid(supervisor).delete();
        return process.isPresent();
    }
}
