package com.brokerx.orders.stream;

import java.util.concurrent.TimeUnit;

/** How many messages a peer may send: so many a second in the long run, and some more at once. Used by one thread at a time. */
final class MessageBudget {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final int burst;
    private double left;
    private long countedAt;

    MessageBudget(int perSecond, int burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.left = burst;
        this.countedAt = nowNanos;
    }

    /** Whether one message more is within the budget. */
    boolean spend(long nowNanos) {
        left = Math.min(burst, left + (nowNanos - countedAt) / NANOS * perSecond);
        countedAt = nowNanos;
        left -= 1;
        return left >= 0;
    }
}
