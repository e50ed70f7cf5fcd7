package com.brokerx.portfolios.cash;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again, for a bounded time, until what it looks for is there. */
record AnswerWait(Duration atMost) {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The first look that is {@code enough}, or else the last one. */
    <T> T until(Supplier<T> look, Predicate<T> enough) {
        long deadline = System.nanoTime() + atMost.toNanos();
        T seen = look.get();
        while (!enough.test(seen) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            seen = look.get();
        }
        return seen;
    }
}
