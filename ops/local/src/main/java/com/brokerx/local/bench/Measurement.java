package com.brokerx.local.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one round of load saw. Written by the generator's one thread, read when it is done. */
final class Measurement {

    private static final long LONGEST_MICROS = 120_000_000;

    private final long startNanos;
    private final int[] ordersInSecond;
    private final Map<Request.Kind, Histogram> latencies = new EnumMap<>(Request.Kind.class);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final double seconds;

    Measurement(long startNanos, int seconds) {
        this.startNanos = startNanos;
        this.seconds = seconds;
        this.ordersInSecond = new int[seconds];
        for (Request.Kind kind : Request.Kind.values()) {
            latencies.put(kind, new Histogram(LONGEST_MICROS, 3));
        }
    }

    void answered(Connection connection, Response response, long nowNanos) {
        Request.Kind kind = connection.request().kind();
        if (!kind.isAccepted(response.status())) {
            refusals.merge(kind + " " + response.refusal(), 1, Integer::sum);
            return;
        }
        long micros = Math.max(0, (nowNanos - connection.intended()) / 1000);
        latencies.get(kind).recordValue(Math.min(micros, LONGEST_MICROS));
        int second = (int) ((nowNanos - startNanos) / 1_000_000_000L);
        if (kind == Request.Kind.ORDER && second < ordersInSecond.length) {
            ordersInSecond[second]++;
        }
    }

    void failed(String reason, int times) {
        refusals.merge(reason, times, Integer::sum);
    }

    /** New orders that were answered with 201 within the round's time, by second. */
    int[] ordersInSecond() {
        return ordersInSecond.clone();
    }

    double ordersPerSecond() {
        return java.util.Arrays.stream(ordersInSecond).sum() / seconds;
    }

    /** Of accepted requests of one kind, in microseconds. */
    Histogram latencies(Request.Kind kind) {
        return latencies.get(kind);
    }

    /** Accepted requests, those included that were answered after the round's time. */
    long accepted(Request.Kind kind) {
        return latencies.get(kind).getTotalCount();
    }

    /** Whatever was not accepted, by kind, status and code. */
    Map<String, Integer> refusals() {
        return Map.copyOf(refusals);
    }

    /** Refusals but for those that a fair race explains: an order was filled before its cancel or replace arrived. */
    int failures() {
        return refusals.entrySet().stream()
                .filter(refusal -> !isLostRace(refusal.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static boolean isLostRace(String refusal) {
        return refusal.equals("CANCEL 422 invalid_state") || refusal.startsWith("REPLACE 422 ");
    }
}
