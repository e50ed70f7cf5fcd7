package com.brokerx.orders.order;

import java.time.Instant;
import java.util.UUID;

/** Bounds in the order of UUIDs of version 7, which begin with the milliseconds of their making. */
final class TimeOrdered {

    private static final int TIME_SHIFT = 16;

    private TimeOrdered() {}

    /** No id made at this time or later is below it. */
    static UUID first(Instant time) {
        return new UUID(time.toEpochMilli() << TIME_SHIFT, 0);
    }

    /** The lowest id above this one. */
    static UUID after(UUID id) {
        long low = id.getLeastSignificantBits() + 1;
        return new UUID(id.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
    }
}
