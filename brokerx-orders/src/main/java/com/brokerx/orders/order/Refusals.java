package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ExecutionFeed;
import com.brokerx.orders.trade.ExecutionLog;
import com.brokerx.orders.trade.ReportType;
import io.dropwizard.lifecycle.Managed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Ends orders that never got their funds. {@link OrderClosed} goes out with each, so that a hold which did arrive is set free, and one
 * that arrives late finds the order closed.
 */
final class Refusals implements Managed {

    /** Why an order that waits for its funds is ended. */
    record Refusal(Order order, String code, String text) {}

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final Outbox outbox;
    private final ExecutionFeed feed;
    private final InstantSource clock;
    private final GroupCommit<Refusal, Order> batches;

    Refusals(
            Jdbi jdbi,
            Instruments instruments,
            Outbox outbox,
            ExecutionFeed feed,
            InstantSource clock,
            GroupCommitSettings settings,
            GroupCommit.Metrics metrics) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.outbox = outbox;
        this.feed = feed;
        this.clock = clock;
        this.batches = new GroupCommit<>("orders-refuse", settings, metrics, this::refuseAll);
    }

    @Override
    public void start() {
        batches.start();
    }

    @Override
    public void stop() throws InterruptedException {
        batches.stop();
    }

    /**
     * Ends the order, unless somebody else was quicker and it does not wait any more.
     *
     * @return the order as it stands now
     */
    Order refuse(Refusal refusal) {
        return batches.submit(refusal);
    }

    private List<Order> refuseAll(List<Refusal> refusals) {
        Committed committed = Unreachable.asUnavailable(() -> jdbi.inTransaction(tx -> refuse(tx, refusals)));
        feed.committed(committed.reports());
        outbox.wake(committed.events());
        return committed.orders();
    }

    private record Committed(List<Order> orders, List<Execution> reports, List<Outbox.Entry> events) {}

    private Committed refuse(Handle tx, List<Refusal> refusals) {
        Map<UUID, Refusal> byOrder = new LinkedHashMap<>();
        refusals.forEach(refusal -> byOrder.putIfAbsent(refusal.order().id(), refusal));
        ExecutionLog.lock(tx, refusals.stream().map(r -> r.order().clientId()).toList());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Pipeline pipeline = new Pipeline(tx);
        Pipeline.Step<UUID> updated = OrderStore.update(
                pipeline,
                byOrder.values().stream()
                        .map(refusal -> new OrderStore.Change(
                                ended(refusal, now), refusal.order().state().lockVersion()))
                        .toList());
        pipeline.run();
        Set<UUID> done = Set.copyOf(updated.rows());
        List<Execution> reports = byOrder.values().stream()
                .filter(refusal -> done.contains(refusal.order().id()))
                .map(refusal -> Execution.of(ended(refusal, now), ReportType.REJECTED, refusal.text(), now))
                .toList();
        if (!reports.isEmpty()) {
            reports = ExecutionLog.append(tx, reports, Map.of());
        }
        List<Outbox.Entry> events =
                reports.stream().map(report -> closed(report.order())).toList();
        outbox.append(tx, events);
        Map<UUID, Order> present = OrderStore.findAll(tx, byOrder.keySet());
        List<Order> orders = refusals.stream()
                .map(refusal -> present.get(refusal.order().id()))
                .toList();
        return new Committed(orders, reports, events);
    }

    private static Order ended(Refusal refusal, Instant now) {
        Order order = refusal.order();
        return order.with(order.state().ended(OrderStatus.REJECTED, refusal.code(), now));
    }

    private Outbox.Entry closed(Order order) {
        Instrument instrument = instruments.get(order.symbol());
        return new Outbox.Entry(
                new OrderClosed(
                        order.id(),
                        order.clientId(),
                        order.symbol(),
                        Holds.asset(order, instrument),
                        Holds.amount(order, instrument, Holds.spent(order)),
                        order.status().wireName()),
                order.ticket().correlationId());
    }
}
