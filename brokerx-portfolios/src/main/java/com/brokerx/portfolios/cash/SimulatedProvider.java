package com.brokerx.portfolios.cash;

import com.brokerx.commons.problem.UnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for a payment provider where no real one is connected. Settles at once unless told to be slow, to refuse, to leave requests
 * unanswered or to call back late and twice.
 */
public final class SimulatedProvider implements PaymentProvider, Managed {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedProvider.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SimulationSettings settings;
    private final InstantSource clock;
    /** When payments that are under way were first asked for. */
    private final Map<UUID, Instant> underWay = new ConcurrentHashMap<>();

    private final ScheduledExecutorService callbacks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("simulated-payments").daemon().factory());
    private volatile BiConsumer<UUID, Answer> listener = (payment, answer) -> {};

    public SimulatedProvider(SimulationSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Where it calls back. */
    public void onCallback(BiConsumer<UUID, Answer> newListener) {
        listener = newListener;
    }

    @Override
    public Answer submit(Order order) {
        Instant now = clock.instant();
        Instant first = underWay.putIfAbsent(order.paymentId(), now);
        Duration delay = settings.settlesAfter().toJavaDuration();
        boolean unanswered = first == null && percentile(order.paymentId(), 8) < settings.timedOutPercent();
        if (first == null && (!delay.isZero() || unanswered)) {
            callBack(order.paymentId(), delay);
        }
        if (unanswered) {
            throw new UnavailableException("the payment provider", RETRY_AFTER);
        }
        if (now.isBefore((first == null ? now : first).plus(delay))) {
            return new Answer.UnderWay();
        }
        underWay.remove(order.paymentId());
        return fate(order.paymentId());
    }

    @Override
    public void stop() {
        callbacks.shutdownNow();
    }

    private void callBack(UUID payment, Duration delay) {
        for (int i = 0; i < settings.callbacks(); i++) {
            callbacks.schedule(() -> callBack(payment), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void callBack(UUID payment) {
        try {
            listener.accept(payment, fate(payment));
            underWay.remove(payment);
        } catch (RuntimeException failed) {
            LOG.warn("a callback about {} failed; the payment will be asked about", payment, failed);
        }
    }

    private Answer fate(UUID payment) {
        return percentile(payment, 0) < settings.refusedPercent()
                ? new Answer.Refused("refused by the bank")
                : new Answer.Settled("simulated-" + payment);
    }

    /** From 0 to 99, evenly spread; {@code bits} picks another part of the id for another question. */
    private static int percentile(UUID payment, int bits) {
        return (int) ((payment.getLeastSignificantBits() >>> bits & 0xffff) % 100);
    }
}
