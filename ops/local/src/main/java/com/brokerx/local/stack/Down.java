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
        Optional<ProcessHandle> supervisor = home.pid(Home.SUPERVISOR).process();
        if (supervisor.isPresent()) {
            console.say("Stopping BrokerX (process %d)", supervisor.get().pid());
            Processes.end(supervisor.get(), PATIENCE);
        }
        home.pid(Home.SUPERVISOR).delete();
        List<String> left = Leftovers.endIn(home, console);
        console.say(supervisor.isEmpty() && left.isEmpty() ? "BrokerX was not running." : "Stopped.");
        return 0;
    }
}
