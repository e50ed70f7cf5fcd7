package com.brokerx.orders.stream;

import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of this instance: how many there may be, and what is due on each of them from time to time. */
final class Connections implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** What one client uses. */
    private record Usage(int connections, int subscriptions) {
        private static final Usage NOTHING = new Usage(0, 0);

        Usage plus(int moreConnections, int moreSubscriptions) {
            return new Usage(connections + moreConnections, subscriptions + moreSubscriptions);
        }
    }

    private final StreamSettings settings;
    private final InstantSource clock;
    private final StreamMetrics metrics;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Usage> usages = new ConcurrentHashMap<>();
    private final RepeatedTask timer = new RepeatedTask("stream-timer", TICK, this::tick);
    private volatile boolean stopping;

    Connections(StreamSettings settings, StreamMetrics metrics, InstantSource clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void start() {
        timer.start();
    }

    /** Tells every peer to connect somewhere else, as long as that can still be sent. */
    void leave() {
        stopping = true;
        open.forEach(connection -> connection.end(StreamCode.GOING_AWAY));
    }

    @Override
    public void stop() throws InterruptedException {
        timer.stop();
        leave();
    }

    /** Takes a new connection in, and ends it at once where there are too many. */
    void add(Connection connection) {
        open.add(connection);
        metrics.connected();
        if (stopping) {
            connection.end(StreamCode.GOING_AWAY);
        } else if (open.size() > settings.connections()) {
            connection.end(StreamCode.CONNECTION_LIMIT_EXCEEDED);
        }
    }

    void remove(Connection connection) {
        if (open.remove(connection)) {
            metrics.disconnected();
        }
    }

    /** Whether the client may have one connection more; it is counted then. */
    boolean mayConnect(UUID clientId) {
        Usage usage = count(clientId, 1, 0);
        if (usage.connections > settings.connectionsPerClient()) {
            count(clientId, -1, 0);
            return false;
        }
        return true;
    }

    /** Whether the client may have one subscription more; it is counted then. */
    boolean maySubscribe(UUID clientId) {
        Usage usage = count(clientId, 0, 1);
        if (usage.subscriptions > settings.subscriptionsPerClient()) {
            count(clientId, 0, -1);
            return false;
        }
        return true;
    }

    void disconnected(UUID clientId) {
        count(clientId, -1, 0);
    }

    void unsubscribed(UUID clientId) {
        count(clientId, 0, -1);
    }

    private Usage count(UUID clientId, int connections, int subscriptions) {
        Usage[] counted = new Usage[1];
        usages.compute(clientId, (id, before) -> {
            counted[0] = (before == null ? Usage.NOTHING : before).plus(connections, subscriptions);
            return counted[0].equals(Usage.NOTHING) ? null : counted[0];
        });
        return counted[0];
    }

    private void tick() {
        Instant now = clock.instant();
        // One that all of this second share.
        Encoded heartbeat = ServerMessage.heartbeat(now).encode();
        for (Connection connection : open) {
            try {
                connection.tick(now, heartbeat);
            } catch (RuntimeException failed) {
                LOG.warn("a connection could not be looked after", failed);
                connection.end(StreamCode.INTERNAL_ERROR);
            }
        }
    }
}
