package com.brokerx.orders.stream;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A message encoded once, its bytes shared by all who get it.
 *
 * @param kind of the channel whose update it is; null for other messages
 * @param committedAt when what it tells was committed; null where it tells of no commit
 */
record Encoded(byte[] json, ChannelName.Kind kind, Instant committedAt) {

    int size() {
        return json.length;
    }

    /** A view of the shared bytes with a position of its own. */
    ByteBuffer view() {
        return ByteBuffer.wrap(json).asReadOnlyBuffer();
    }

    boolean isUpdate() {
        return committedAt != null;
    }
}
