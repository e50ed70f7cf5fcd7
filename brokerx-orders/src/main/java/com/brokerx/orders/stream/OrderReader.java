package com.brokerx.orders.stream;

import java.util.UUID;

/** A connection that follows its client's order log. Used by the order channel's thread only. */
final class OrderReader {

    private static final long UNKNOWN = -1;

    private final Connection connection;
    private final UUID clientId;
    private final boolean wantsSnapshot;
    /** The last entry that was sent; unknown until a snapshot says from where it goes on. */
    private long sent;

    private boolean live;

    private OrderReader(Connection connection, UUID clientId, boolean wantsSnapshot, long sent) {
        this.connection = connection;
        this.clientId = clientId;
        this.wantsSnapshot = wantsSnapshot;
        this.sent = sent;
    }

    /** One who begins with a snapshot. */
    static OrderReader fromSnapshot(Connection connection, UUID clientId) {
        return new OrderReader(connection, clientId, true, UNKNOWN);
    }

    /** One who knows the log up to an entry. */
    static OrderReader after(Connection connection, UUID clientId, long sequence) {
        return new OrderReader(connection, clientId, false, sequence);
    }

    Connection connection() {
        return connection;
    }

    UUID clientId() {
        return clientId;
    }

    boolean needsSnapshot() {
        return wantsSnapshot && sent == UNKNOWN;
    }

    long sent() {
        return sent;
    }

    void sent(long sequence) {
        sent = sequence;
    }

    /** Whether the reader has all of the log, so that the next entry can be sent as it comes. */
    boolean isLive() {
        return live;
    }

    void live(boolean hasAll) {
        live = hasAll;
    }
}
