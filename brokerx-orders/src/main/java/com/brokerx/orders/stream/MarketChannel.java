package com.brokerx.orders.stream;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A public channel and its readers. An update is encoded once and goes to all of them. A reader who is slow gets none until he has
 * read what waits for him; then he is told of the gap and gets a new snapshot, so that what he sees is always numbered by ones.
 *
 * <p>Used by one thread.
 */
abstract class MarketChannel {

    /** A reader, and the last number that was sent to him. */
    private static final class Reader {
        private long lastSent;
        private boolean behind;
    }

    private final ChannelName name;
    private final StreamMetrics metrics;
    private final InstantSource clock;
    private final Map<Connection, Reader> readers = new LinkedHashMap<>();
    private Encoded snapshot;

    MarketChannel(ChannelName name, StreamMetrics metrics, InstantSource clock) {
        this.name = name;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What has been told so far; a snapshot stands for this number. */
    abstract long sequence();

    /** What a new reader has to know; null as long as nothing is known. */
    abstract Object state();

    final boolean hasReaders() {
        return !readers.isEmpty();
    }

    final void add(Connection connection) {
        Reader reader = new Reader();
        readers.put(connection, reader);
        if (state() != null) {
            sendSnapshot(connection, reader);
        }
    }

    final void remove(Connection connection) {
        readers.remove(connection);
    }

    /** There is something to tell at last: all who have been waiting for it get a snapshot. */
    final void begin() {
        snapshot = null;
        readers.forEach(this::sendSnapshot);
    }

    /** The state has changed while nobody was reading. */
    final void changeUnseen() {
        snapshot = null;
    }

    /**
     * The present sequence and state follow from the last ones by {@code change}.
     *
     * @param committedAt null where it is not known
     */
    final void publish(Object change, Instant committedAt) {
        snapshot = null;
        if (readers.isEmpty()) {
            return;
        }
        Instant at = committedAt == null ? clock.instant() : committedAt;
        Encoded update = ServerMessage.update(name, sequence(), change, at).encode(name.kind(), committedAt);
        readers.forEach((connection, reader) -> {
            if (!reader.behind && connection.offer(update)) {
                reader.lastSent = sequence();
            } else {
                reader.behind = true;
                metrics.conflated(name.kind());
            }
        });
    }

    /** What was between is not known: everybody begins anew. */
    final void skip() {
        snapshot = null;
        readers.forEach(this::sendSnapshotAfterGap);
    }

    /** The reader has read what was waiting. */
    final void resume(Connection connection) {
        Reader reader = readers.get(connection);
        if (reader != null && reader.behind) {
            sendSnapshotAfterGap(connection, reader);
        }
    }

    private void sendSnapshotAfterGap(Connection connection, Reader reader) {
        metrics.gap(name.kind());
        connection.send(
                ServerMessage.gap(name, reader.lastSent, clock.instant()).encode());
        sendSnapshot(connection, reader);
    }

    private void sendSnapshot(Connection connection, Reader reader) {
        if (snapshot == null) {
            snapshot = ServerMessage.snapshot(name, sequence(), state(), clock.instant())
                    .encode();
        }
        connection.send(snapshot);
        reader.lastSent = sequence();
        reader.behind = false;
    }
}
