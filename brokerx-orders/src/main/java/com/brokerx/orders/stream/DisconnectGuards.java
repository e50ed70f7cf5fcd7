package com.brokerx.orders.stream;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.id.Ids;
import com.brokerx.orders.market.Instruments;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancel-on-disconnect: what the connections of this instance have asked for, as rows whose deadlines are moved on as long as the
 * connections are heard of. {@link OverdueGuards}, of any instance, does the rest. One thread owns the map.
 */
final class DisconnectGuards implements Managed {

    static final String ACTION = "cancel_on_disconnect";

    private static final Logger LOG = LoggerFactory.getLogger(DisconnectGuards.class);
    /** A peer of whom nothing was heard for this part of its time is sent a ping. */
    private static final int PING_PART = 3;

    /** A guard, and when its connection had last been heard of when the deadline was last moved. */
    private record Live(GuardStore.Guard guard, Instant heardAt) {}

    /** What is answered; both are null where nothing is guarded. */
    record Terms(String within, String symbol) {}

    private final Jdbi jdbi;
    private final GuardSettings settings;
    private final Instruments instruments;
    private final StreamMetrics metrics;
    private final InstantSource clock;
    private final RepeatedTask timer;
    private final Map<Connection, Live> live = new HashMap<>();

    DisconnectGuards(
            Jdbi jdbi, GuardSettings settings, Instruments instruments, StreamMetrics metrics, InstantSource clock) {
        this.jdbi = jdbi;
        this.settings = settings;
        this.instruments = instruments;
        this.metrics = metrics;
        this.clock = clock;
        this.timer = new RepeatedTask("stream-guards", settings.every().toJavaDuration(), this::moveOn);
    }

    @Override
    public void start() {
        timer.start();
    }

    /** Rows stay: the clients have so long to come back, here or at another instance. */
    @Override
    public void stop() throws InterruptedException {
        timer.stop();
    }

    /** Stores what the client wants, in place of what this connection wanted before, and answers when it is committed. */
    void ask(Connection connection, ClientMessage message) throws ClientMessage.MalformedException {
        Duration within = parse(message.within());
        Optional<String> symbol = Optional.ofNullable(message.symbol());
        if (!within.isZero() && !isAllowed(within)) {
            connection.refuse(
                    ACTION,
                    StreamCode.INVALID_WITHIN,
                    "within is 0s, or from %s to %s".formatted(settings.least(), settings.most()));
        } else if (symbol.isPresent() && instruments.find(symbol.get()).isEmpty()) {
            connection.refuse(ACTION, StreamCode.UNKNOWN_SYMBOL, StreamCode.UNKNOWN_SYMBOL.message());
        } else if (within.isZero()) {
            timer.execute(() -> change(connection, Optional.empty(), new Terms(null, null)));
        } else {
            UUID clientId = connection.caller().clientId();
            GuardStore.Guard guard = new GuardStore.Guard(Ids.next(), clientId, symbol, within);
            timer.execute(() -> change(connection, Optional.of(guard), new Terms(message.within(), message.symbol())));
        }
    }

    private static Duration parse(String within) throws ClientMessage.MalformedException {
        if (within == null) {
            throw new ClientMessage.MalformedException("within is missing");
        }
        try {
            return io.dropwizard.util.Duration.parse(within).toJavaDuration();
        } catch (IllegalArgumentException notATime) {
            throw new ClientMessage.MalformedException("within has to be a time such as 10s");
        }
    }

    private boolean isAllowed(Duration within) {
        return within.compareTo(settings.least().toJavaDuration()) >= 0
                && within.compareTo(settings.most().toJavaDuration()) <= 0;
    }

    private void change(Connection connection, Optional<GuardStore.Guard> next, Terms terms) {
        Optional<GuardStore.Guard> before =
                Optional.ofNullable(live.get(connection)).map(Live::guard);
        Instant now = clock.instant();
        try {
            jdbi.useTransaction(tx -> {
                before.ifPresent(guard -> GuardStore.withdraw(tx, guard.id()));
                next.ifPresent(guard -> GuardStore.insert(tx, guard));
            });
        } catch (RuntimeException failed) {
            LOG.warn("a wish to cancel on disconnect could not be stored", failed);
            connection.refuse(ACTION, StreamCode.SERVICE_UNAVAILABLE, StreamCode.SERVICE_UNAVAILABLE.message());
            return;
        }
        live.remove(connection);
        next.ifPresent(guard -> live.put(connection, new Live(guard, now)));
        connection.send(ServerMessage.answer(ACTION, terms, now).encode());
    }

    /** Moves on the deadlines of all who were heard of since the last time, in one statement, and pings those who were not. */
    private void moveOn() {
        live.keySet().removeIf(Connection::hasEnded);
        metrics.guarded(live.size());
        Map<Connection, Live> heard = new HashMap<>();
        Instant now = clock.instant();
        live.forEach((connection, last) -> {
            Instant heardAt = connection.lastHeard();
            if (heardAt.isAfter(last.heardAt())) {
                heard.put(connection, new Live(last.guard(), heardAt));
            }
            if (heardAt.plus(last.guard().within().dividedBy(PING_PART)).isBefore(now)) {
                connection.probe();
            }
        });
        if (!heard.isEmpty()) {
            renew(heard);
        }
    }

    private void renew(Map<Connection, Live> heard) {
        List<GuardStore.Guard> guards = heard.values().stream().map(Live::guard).toList();
        Set<UUID> standing = jdbi.inTransaction(tx -> GuardStore.renew(tx, guards));
        heard.forEach((connection, renewed) -> {
            if (standing.contains(renewed.guard().id())) {
                live.put(connection, renewed);
            } else {
                live.remove(connection);
                connection.refuse(ACTION, StreamCode.GUARD_ENDED, StreamCode.GUARD_ENDED.message());
            }
        });
    }
}
