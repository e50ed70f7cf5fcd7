package com.brokerx.orders.trade;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.facades.events.OrdersReported;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.Order;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * Gathers what happened to a client's orders into one event for the confirmation mail, some seconds after the first of it and not more
 * often than once a minute. It reads the event logs behind the writers, and of a long one only the end, so that whoever trades a
 * thousand times a minute gets a mail that can be read, and mails cost orders next to nothing.
 */
public final class OrderReporter implements Managed {

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int CLIENTS_AT_ONCE = 1_000;

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final Outbox outbox;
    private final ReportSettings settings;
    private final InstantSource clock;
    /** Clients with news, and since when. */
    private final Map<UUID, Instant> news = new ConcurrentHashMap<>();

    private final RepeatedTask gathering = new RepeatedTask("order-reports", TICK, this::gather);
    /** When the clients with recent mails may get the next one. */
    private final Map<UUID, Instant> resting = new HashMap<>();

    private Instant nextLook = Instant.MIN;

    public OrderReporter(
            Jdbi jdbi,
            Instruments instruments,
            Outbox outbox,
            ExecutionFeed feed,
            ReportSettings settings,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
        feed.listen(this::noteNews);
    }

    @Override
    public void start() {
        gathering.start();
    }

    @Override
    public void stop() throws InterruptedException {
        gathering.stop();
    }

    private void noteNews(List<Execution> executions) {
        executions.stream()
                .filter(execution -> isReported(execution.type()))
                .forEach(execution -> news.putIfAbsent(execution.order().clientId(), execution.createdAt()));
    }

    private static boolean isReported(ReportType type) {
        return switch (type) {
            case FILL, PARTIAL_FILL, CANCELLED, EXPIRED, REJECTED -> true;
            case NEW, REPLACED, TRIGGERED -> false;
        };
    }

    private void gather() {
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(settings.lookEvery().toJavaDuration());
            jdbi.withHandle(handle -> ReportStore.behind(handle, CLIENTS_AT_ONCE))
                    .forEach(client -> news.putIfAbsent(client, now));
        }
        resting.values().removeIf(until -> !until.isAfter(now));
        Instant due = now.minus(settings.gatherFor().toJavaDuration());
        List<UUID> clients = news.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(due))
                .map(Map.Entry::getKey)
                .filter(client -> !resting.containsKey(client))
                .toList();
        clients.forEach(client -> {
            news.remove(client);
            resting.put(client, now.plus(settings.restFor().toJavaDuration()));
            report(client);
        });
        if (!clients.isEmpty()) {
            outbox.wake();
        }
    }

    private void report(UUID clientId) {
        ReportStore.Progress progress = jdbi.withHandle(handle -> ReportStore.progress(handle, clientId));
        long from = Math.max(progress.reported(), progress.last() - settings.maximumReports());
        List<Execution> entries =
                jdbi.withHandle(handle -> ExecutionStore.after(handle, clientId, from, settings.maximumReports()));
        if (entries.isEmpty()) {
            return;
        }
        long to = entries.getLast().clientSequence();
        OrdersReported event = new OrdersReported(clientId, reports(entries), from - progress.reported());
        jdbi.useTransaction(tx -> {
            if (ReportStore.advance(tx, clientId, progress.reported(), to)
                    && !event.reports().isEmpty()) {
                outbox.append(tx, event);
            }
        });
    }

    /** One report an order, on how the last of its entries left it. */
    private List<OrdersReported.Report> reports(List<Execution> entries) {
        Map<UUID, Execution> last = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> isReported(entry.type()))
                .forEach(entry -> last.put(entry.order().id(), entry));
        List<OrdersReported.Report> reports = new ArrayList<>();
        last.values().forEach(entry -> reports.add(report(entry)));
        return reports;
    }

    private OrdersReported.Report report(Execution entry) {
        Order order = entry.order();
        Instrument instrument = instruments.get(order.symbol());
        long filled = order.state().filled();
        return new OrdersReported.Report(
                order.id(),
                order.symbol(),
                order.ticket().direction().wireName(),
                order.state().quantity(),
                filled,
                filled == 0 ? null : instrument.averagePrice(order.state().notional(), filled),
                instrument.currency().getCurrencyCode(),
                order.status().wireName(),
                order.state().rejectCode(),
                entry.createdAt());
    }
}
