package com.brokerx.orders.order;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.orders.writer.HoldChange;
import com.brokerx.orders.writer.HoldStore;
import com.brokerx.orders.writer.Leases;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what a crash or a failed call has left behind: orders that wait for their funds, and changed holds of replacements. Each
 * instance does so for the books that it owns, so one at a time looks after an order.
 *
 * <p>Waiting orders are found without an index over states, which would have to be written for every order: ids are made in the
 * order of time, so it is enough to look once through those that have come of age since the last look.
 */
final class OrderRecovery implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(OrderRecovery.class);
    private static final int AT_ONCE = 500;
    private static final int FINISHED_AT_ONCE = 64;
    /** How far the clocks of instances, and what is still being committed, may lie behind. */
    static final Duration OVERLAP = Duration.ofMinutes(1);

    private static final Duration STORE_PROGRESS_EVERY = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final Leases leases;
    private final OrderSaga saga;
    private final HoldChanges holds;
    private final RecoverySettings settings;
    private final InstantSource clock;
    private final RepeatedTask timer;
    /** How far each of our books has been looked through. */
    private final Map<String, Instant> lookedTo = new HashMap<>();
    /** Orders that could not be finished and are tried again. */
    private final Map<UUID, Order> stuck = new ConcurrentHashMap<>();

    private Instant progressStored = Instant.EPOCH;

    OrderRecovery(
            Jdbi jdbi,
            Leases leases,
            OrderSaga saga,
            HoldChanges holds,
            RecoverySettings settings,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.leases = leases;
        this.saga = saga;
        this.holds = holds;
        this.settings = settings;
        this.clock = clock;
        this.timer = new RepeatedTask("order-recovery", settings.every().toJavaDuration(), this::recover);
    }

    @Override
    public void start() {
        timer.start();
    }

    @Override
    public void stop() throws InterruptedException {
        timer.stop();
    }

    /** Looks once, and finishes what it finds. */
    synchronized void recover() {
        Set<String> owned = leases.heldSymbols();
        forgetOthers(owned);
        if (owned.isEmpty()) {
            return;
        }
        Instant to = clock.instant().minus(settings.after().toJavaDuration());
        finishOrders(owned, to);
        finishHolds(owned, to);
    }

    private void forgetOthers(Set<String> owned) {
        lookedTo.keySet().retainAll(owned);
        stuck.values().removeIf(order -> !owned.contains(order.symbol()));
        if (!lookedTo.keySet().containsAll(owned)) {
            leases.recoveredTo().forEach((symbol, time) -> lookedTo.putIfAbsent(symbol, time.minus(OVERLAP)));
        }
    }

    private void finishOrders(Set<String> owned, Instant to) {
        List<Order> waiting = new ArrayList<>(stuck.values());
        stuck.clear();
        Instant from = lookedTo.values().stream().min(Instant::compareTo).orElse(to);
        UUID next = TimeOrdered.first(from);
        List<Order> some;
        do {
            UUID start = next;
            some = jdbi.withHandle(handle -> OrderStore.waiting(handle, owned, start, TimeOrdered.first(to), AT_ONCE));
            waiting.addAll(some);
            next = some.isEmpty() ? next : TimeOrdered.after(some.getLast().id());
        } while (some.size() == AT_ONCE);
        owned.forEach(symbol -> lookedTo.put(symbol, to));
        if (!waiting.isEmpty()) {
            forSomeAtOnce(waiting, this::finishOrKeep);
            LOG.info("{} orders were left behind; {} of them still wait", waiting.size(), stuck.size());
        }
        if (stuck.isEmpty() && to.isAfter(progressStored.plus(STORE_PROGRESS_EVERY))) {
            leases.recovered(to);
            progressStored = to;
        }
    }

    /** One order that cannot be finished must not keep the others waiting. */
    private void finishOrKeep(Order order) {
        try {
            Instant giveUpAt =
                    order.ticket().createdAt().plus(settings.giveUpAfter().toJavaDuration());
            Order finished = saga.resume(order, clock.instant().isAfter(giveUpAt));
            if (finished.status() == OrderStatus.PENDING_FUNDS) {
                stuck.put(finished.id(), finished);
            }
        } catch (RuntimeException failed) {
            LOG.error("order {} could not be finished; trying again", order.id(), failed);
            stuck.put(order.id(), order);
        }
    }

    private void finishHolds(Set<String> owned, Instant before) {
        List<HoldChange> left = jdbi.withHandle(handle -> HoldStore.leftBehind(handle, owned, before, AT_ONCE));
        if (!left.isEmpty()) {
            forSomeAtOnce(left, this::finishHold);
            LOG.info("{} holds were left behind by replacements", left.size());
        }
    }

    private void finishHold(HoldChange change) {
        try {
            if (change.stage() == HoldChange.Stage.RAISING) {
                holds.abandon(change);
            } else {
                holds.finish(change.orderId());
            }
        } catch (RuntimeException failed) {
            LOG.error("the hold of order {} could not be set right; trying again", change.orderId(), failed);
        }
    }

    /** So that they share transactions and calls as requests do. */
    private static <T> void forSomeAtOnce(List<T> all, Consumer<T> work) {
        for (int from = 0; from < all.size(); from += FINISHED_AT_ONCE) {
            List<T> some = all.subList(from, Math.min(all.size(), from + FINISHED_AT_ONCE));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                some.forEach(one -> threads.execute(() -> work.accept(one)));
            }
        }
    }
}
