package com.brokerx.orders.stream;

import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.OrderView;
import com.brokerx.orders.trade.ClientLog;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.OrderEventView;
import io.dropwizard.lifecycle.Managed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private channel {@code orders}. It is a client's event log as it is stored, and nothing of it is ever left out: entries that
 * were committed here are sent as they come, and whatever came in another way, or came when a reader was slow, is read from the log.
 *
 * <p>One thread owns the readers and sends to them.
 */
final class OrderStream implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(OrderStream.class);
    /** Entries that wait for the thread; what comes beyond them is read from the logs instead. */
    private static final int WAITING_ENTRIES = 20_000;
    /** Orders in a snapshot, newest first. */
    private static final int SNAPSHOT_ORDERS = 1_000;
    /** Readers who are served from storage before those who wait for live entries get their turn. */
    private static final int SERVED_AT_ONCE = 50;

    /** What a new reader gets: his open orders, newest first; {@code more} says that there are others. */
    record OpenOrders(List<OrderView> orders, boolean more) {}

    private final ClientLog log;
    private final Instruments instruments;
    private final StreamMetrics metrics;
    private final InstantSource clock;
    private final int page;
    private final long lookNanos;
    private final Map<UUID, Set<OrderReader>> readers = new ConcurrentHashMap<>();
    private final Set<OrderReader> behind = new LinkedHashSet<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("stream-orders").daemon().factory());

    OrderStream(
            StreamSettings settings,
            ClientLog log,
            Instruments instruments,
            StreamMetrics metrics,
            InstantSource clock) {
        this.log = log;
        this.instruments = instruments;
        this.metrics = metrics;
        this.clock = clock;
        page = settings.replayPage();
        lookNanos = settings.lookEvery().toNanoseconds();
    }

    @Override
    public void start() {
        thread.scheduleWithFixedDelay(() -> run(this::look), lookNanos, lookNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stop() {
        thread.shutdownNow();
    }

    /** Entries have been committed here; called on the thread that did, which does not wait. */
    void committed(List<Execution> entries) {
        List<Execution> wanted = entries.stream()
                .filter(entry -> readers.containsKey(entry.order().clientId()))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        if (waiting.addAndGet(wanted.size()) > WAITING_ENTRIES) {
            waiting.addAndGet(-wanted.size());
            overflowed.set(true);
            return;
        }
        Instant committedAt = clock.instant();
        execute(() -> {
            waiting.addAndGet(-wanted.size());
            wanted.forEach(entry -> send(entry, committedAt));
            catchUp();
        });
    }

    /** Another instance has told how far clients' logs go. */
    void grown(Map<UUID, Long> lastEntries) {
        if (lastEntries.keySet().stream().anyMatch(readers::containsKey)) {
            execute(() -> {
                lastEntries.forEach(this::noteGrown);
                catchUp();
            });
        }
    }

    Subscription subscribe(Connection connection, OptionalLong after) {
        UUID clientId = connection.caller().clientId();
        OrderReader reader = after.isPresent()
                ? OrderReader.after(connection, clientId, after.getAsLong())
                : OrderReader.fromSnapshot(connection, clientId);
        execute(() -> {
            readers.computeIfAbsent(clientId, client -> ConcurrentHashMap.newKeySet())
                    .add(reader);
            behind.add(reader);
            catchUp();
        });
        return () -> execute(() -> remove(reader));
    }

    private void remove(OrderReader reader) {
        behind.remove(reader);
        readers.computeIfPresent(reader.clientId(), (client, others) -> {
            others.remove(reader);
            return others.isEmpty() ? null : others;
        });
    }

    /** The connection has read what was waiting for it. */
    void resume(Connection connection) {
        execute(() -> {
            readersOf(connection.caller().clientId()).stream()
                    .filter(reader -> reader.connection() == connection && !reader.isLive())
                    .forEach(behind::add);
            catchUp();
        });
    }

    private Collection<OrderReader> readersOf(UUID clientId) {
        return readers.getOrDefault(clientId, Set.of());
    }

    private void send(Execution entry, Instant committedAt) {
        Encoded update = null;
        for (OrderReader reader : readersOf(entry.order().clientId())) {
            if (!reader.isLive() || entry.clientSequence() <= reader.sent()) {
                continue;
            }
            if (entry.clientSequence() > reader.sent() + 1) {
                // Another thread's commit came in between and has not been told of yet.
                fallBehind(reader);
                continue;
            }
            if (update == null) {
                update = encode(entry, committedAt);
            }
            if (reader.connection().offer(update)) {
                reader.sent(entry.clientSequence());
            } else {
                // Goes on when the reader has read: see resume.
                reader.live(false);
            }
        }
    }

    private void fallBehind(OrderReader reader) {
        reader.live(false);
        behind.add(reader);
    }

    private Encoded encode(Execution entry, Instant committedAt) {
        OrderEventView view = OrderEventView.of(entry, instruments);
        return ServerMessage.update(ChannelName.ORDERS, entry.clientSequence(), view, entry.createdAt())
                .encode(ChannelName.Kind.ORDERS, committedAt);
    }

    /** Serves some of those who have to read the log; the others when it is their turn again. */
    private void catchUp() {
        if (overflowed.getAndSet(false)) {
            metrics.overflowed("orders");
            readers.values()
                    .forEach(all -> all.stream().filter(OrderReader::isLive).forEach(this::fallBehind));
        }
        for (OrderReader reader : behind.stream().limit(SERVED_AT_ONCE).toList()) {
            if (reader.needsSnapshot()) {
                sendSnapshot(reader);
            }
            if (sendMissed(reader)) {
                behind.remove(reader);
            }
        }
        if (!behind.isEmpty()) {
            execute(this::catchUp);
        }
    }

    private void sendSnapshot(OrderReader reader) {
        ClientLog.Open open = log.open(reader.clientId(), SNAPSHOT_ORDERS + 1);
        List<OrderView> orders = open.orders().stream()
                .limit(SNAPSHOT_ORDERS)
                .map(order -> OrderView.of(order, instruments))
                .toList();
        OpenOrders data = new OpenOrders(orders, open.orders().size() > SNAPSHOT_ORDERS);
        reader.connection()
                .send(ServerMessage.snapshot(ChannelName.ORDERS, open.asOf(), data, clock.instant())
                        .encode());
        reader.sent(open.asOf());
    }

    /** @return whether that was all, or the reader has to read before he gets more */
    private boolean sendMissed(OrderReader reader) {
        List<Execution> missed = log.after(reader.clientId(), reader.sent(), page);
        if (missed.isEmpty() && isBeyondTheEnd(reader)) {
            reader.connection()
                    .refuse(
                            ChannelName.ORDERS.toString(),
                            StreamCode.INVALID_AFTER,
                            "the log does not go as far as " + reader.sent());
            reader.connection().drop(ChannelName.ORDERS);
            return true;
        }
        for (Execution entry : missed) {
            if (!reader.connection().offer(encode(entry, null))) {
                return true;
            }
            reader.sent(entry.clientSequence());
        }
        boolean isAll = missed.size() < page;
        reader.live(isAll);
        return isAll;
    }

    private boolean isBeyondTheEnd(OrderReader reader) {
        return reader.sent() > log.lastEntries(Set.of(reader.clientId())).getOrDefault(reader.clientId(), 0L);
    }

    /** Whether any log has grown unnoticed: another instance wrote to it, and no word of that came here. */
    private void look() {
        Set<UUID> clients = Set.copyOf(readers.keySet());
        if (!clients.isEmpty()) {
            log.lastEntries(clients).forEach(this::noteGrown);
        }
        catchUp();
    }

    private void noteGrown(UUID clientId, long lastEntry) {
        readersOf(clientId).stream()
                .filter(reader -> reader.isLive() && reader.sent() < lastEntry)
                .forEach(this::fallBehind);
    }

    private void execute(Runnable work) {
        try {
            thread.execute(() -> run(work));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("stopping", stopping);
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("order logs could not be read for the stream; trying again", failed);
        }
    }
}
