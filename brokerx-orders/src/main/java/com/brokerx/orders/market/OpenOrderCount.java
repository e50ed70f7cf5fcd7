package com.brokerx.orders.market;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;

/**
 * How many orders are open in all books together. Those of this instance's own books are counted as they are committed; those of other
 * instances are looked at every second, so the sum may lag behind by what came there in a second.
 */
public final class OpenOrderCount implements Managed {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Instruments instruments;
    private final MarketBoard board;
    private final MarketData market;
    private final RepeatedTask looking = new RepeatedTask("open-orders", LOOK_EVERY, this::look);
    private volatile long elsewhere;

    public OpenOrderCount(Instruments instruments, MarketBoard board, MarketData market) {
        this.instruments = instruments;
        this.board = board;
        this.market = market;
    }

    @Override
    public void start() {
        looking.start();
    }

    @Override
    public void stop() throws InterruptedException {
        looking.stop();
    }

    /** Costs no look at anything but memory. */
    public long now() {
        return board.openOrders() + elsewhere;
    }

    private void look() {
        elsewhere = instruments.all().stream()
                .filter(instrument -> board.find(instrument.symbol()).isEmpty())
                .mapToLong(instrument -> market.of(instrument).openOrders())
                .sum();
    }
}
