package com.brokerx.orders.market;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings trades into the bars, some time after they were made. Every instance does, without asking who does already: a symbol that
 * is being followed is passed over.
 */
public final class BarFollower implements Managed {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 20_000;

    private final Jdbi jdbi;
    private final MarketCalendar calendar;
    private final RepeatedTask following = new RepeatedTask("bars", EVERY, this::follow);

    public BarFollower(Jdbi jdbi, MarketCalendar calendar) {
        this.jdbi = jdbi;
        this.calendar = calendar;
    }

    @Override
    public void start() {
        jdbi.useHandle(BarStore::prepare);
        following.start();
    }

    @Override
    public void stop() throws InterruptedException {
        following.stop();
    }

    private void follow() {
        long most;
        do {
            most = jdbi.withHandle(handle -> BarStore.follow(handle, calendar.zone(), AT_ONCE));
        } while (most == AT_ONCE);
    }
}
