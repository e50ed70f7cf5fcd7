package com.brokerx.orders.simulation;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Where the simulation has been switched off: takes the agents' orders out of the books, so that nobody trades with a ghost. */
final class Withdrawal implements Managed {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Desk desk;
    private final List<UUID> clients;
    private final RepeatedTask timer = new RepeatedTask("simulation-withdrawal", EVERY, this::withdraw);
    private boolean done;

    Withdrawal(Desk desk, List<UUID> clients) {
        this.desk = desk;
        this.clients = clients;
    }

    @Override
    public void start() {
        timer.start();
    }

    @Override
    public void stop() throws InterruptedException {
        timer.stop();
    }

    private void withdraw() {
        done = done || clients.stream().allMatch(desk::withdraw);
    }
}
