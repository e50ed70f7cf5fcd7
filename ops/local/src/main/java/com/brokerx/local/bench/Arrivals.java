package com.brokerx.local.bench;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** When requests are due. */
sealed interface Arrivals {

    /**
     * Whenever a connection is free: finds the highest rate. Its latencies are those of callers who wait for one another.
     */
    record Saturation() implements Arrivals {}

    /**
     * At random times, whatever became of the requests before, as independent callers come: a Poisson process. Latency counts
     * from the time at which a request was due, so a stall is paid by all who came during it (no coordinated omission).
     *
     * @param perSecond requests of all kinds
     */
    record Open(double perSecond) implements Arrivals {

        Schedule schedule(long startNanos) {
            return new Schedule(perSecond, startNanos);
        }
    }

    /** The times of an {@link Open} arrival. */
    final class Schedule {

        private static final long SEED = 20_260_131;
        private final RandomGenerator random = new SplittableRandom(SEED);
        private final double meanGapNanos;
        private double next;

        private Schedule(double perSecond, long startNanos) {
            meanGapNanos = 1e9 / perSecond;
            next = startNanos;
        }

        long next() {
            return (long) next;
        }

        void advance() {
            next += random.nextExponential() * meanGapNanos;
        }
    }
}
