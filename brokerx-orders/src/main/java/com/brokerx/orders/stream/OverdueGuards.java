package com.brokerx.orders.stream;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.orders.order.CancelService;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels the orders of clients whose connections were lost, whichever instance had them. To cancel twice does no harm, so an instance
 * that dies over it leaves the rest to the next look of another one.
 */
final class OverdueGuards implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueGuards.class);
    private static final int AT_ONCE = 32;
    /** So many looks have to have succeeded before one acts. */
    private static final int STEADY_LOOKS = 3;

    private final Jdbi jdbi;
    private final CancelService cancels;
    private final Duration retryAfter;
    private final Duration every;
    private final StreamMetrics metrics;
    private final InstantSource clock;
    private final RepeatedTask timer;
    private Instant steadySince;
    private Instant lastLook;

    OverdueGuards(
            Jdbi jdbi, CancelService cancels, GuardSettings settings, StreamMetrics metrics, InstantSource clock) {
        this.jdbi = jdbi;
        this.cancels = cancels;
        this.retryAfter = settings.retryAfter().toJavaDuration();
        this.every = settings.every().toJavaDuration();
        this.metrics = metrics;
        this.clock = clock;
        this.timer = new RepeatedTask("stream-overdue", every, this::look);
    }

    @Override
    public void start() {
        timer.start();
    }

    @Override
    public void stop() throws InterruptedException {
        timer.stop();
    }

    private void look() {
        Instant now = clock.instant();
        if (!isSteady(now)) {
            return;
        }
        List<GuardStore.Overdue> some;
        do {
            some = jdbi.inTransaction(tx -> {
                GuardStore.dropRelieved(tx);
                return GuardStore.takeOverdue(tx, AT_ONCE, retryAfter);
            });
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                some.forEach(overdue -> threads.execute(() -> cancel(overdue)));
            }
        } while (some.size() == AT_ONCE);
        lastLook = clock.instant();
    }

    /**
     * Whether deadlines can have been moved on: after the database was away, or this process stood still, all others get some time to do
     * it before anything is called overdue.
     */
    private boolean isSteady(Instant now) {
        boolean goesOn = lastLook != null && now.isBefore(lastLook.plus(every.multipliedBy(STEADY_LOOKS)));
        steadySince = goesOn && steadySince != null ? steadySince : now;
        lastLook = null;
        jdbi.useHandle(handle -> handle.execute("SELECT 1"));
        lastLook = now;
        return !now.isBefore(steadySince.plus(every.multipliedBy(STEADY_LOOKS - 1)));
    }

    private void cancel(GuardStore.Overdue overdue) {
        try {
            CancelService.Cancelled result =
                    cancels.cancelLost(overdue.clientId(), overdue.symbol(), overdue.firedAt());
            metrics.cancelledOnDisconnect(result.cancelled().size());
            LOG.info(
                    "a connection of client {} was lost: {} orders cancelled, {} not",
                    overdue.clientId(),
                    result.cancelled().size(),
                    result.failed().size());
            if (result.failed().stream().noneMatch(OverdueGuards::isToBeTriedAgain)) {
                jdbi.useHandle(handle -> GuardStore.finish(handle, overdue.id()));
            }
        } catch (RuntimeException failed) {
            LOG.warn("orders of client {} could not be cancelled; trying again", overdue.clientId(), failed);
        }
    }

    private static boolean isToBeTriedAgain(CancelService.Failure failure) {
        return failure.code().equals(CommonCode.SERVICE_UNAVAILABLE.wireName());
    }
}
