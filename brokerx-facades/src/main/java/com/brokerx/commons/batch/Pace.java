package com.brokerx.commons.batch;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets work gather between two batches: the next one begins some time after the last, the longer the more items that one had. Whoever
 * comes alone is served at once, and the busier it gets, the more share what a batch costs however small it is: statements, a commit,
 * a request, the change from thread to thread.
 */
public final class Pace {

    private final long nanosPerItem;
    private final long longestNanos;
    private volatile long notBefore = System.nanoTime();

    public Pace(PaceSettings settings) {
        this.nanosPerItem = settings.perItem().toNanoseconds();
        this.longestNanos = settings.longest().toNanoseconds();
    }

    /** Remembers that a batch of so many items began or ended just now. */
    public void after(int items) {
        notBefore = System.nanoTime() + Math.min(longestNanos, (items - 1L) * nanosPerItem);
    }

    /** Returns when the next batch may begin; at once where the last one was long ago. An interrupted thread does not wait. */
    public void await() {
        await(() -> true);
    }

    /** As {@link #await()}, but only as long as {@code worthIt}; who changes that unparks the thread. */
    void await(BooleanSupplier worthIt) {
        long left = notBefore - System.nanoTime();
        while (left > 0 && worthIt.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = notBefore - System.nanoTime();
        }
    }
}
