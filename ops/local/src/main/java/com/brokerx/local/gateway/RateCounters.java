package com.brokerx.local.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Requests of the running minute, by scope and caller. Minutes are the clock's, as Kong's windows are. */
final class RateCounters {

    private static final long WINDOW_SECONDS = Duration.ofMinutes(1).toSeconds();

    private final InstantSource clock;
    private final Map<Key, Integer> used = new HashMap<>();
    private long window;

    private record Key(String scope, String caller) {}

    /** What is left after this request, whether it may pass, and in how many seconds the window ends. */
    record Usage(boolean allowed, int remaining, long resetSeconds) {}

    RateCounters(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Usage count(String scope, String caller, int limit) {
        Instant now = clock.instant();
        long current = now.getEpochSecond() / WINDOW_SECONDS;
        if (current != window) {
            used.clear();
            window = current;
        }
        long reset = Math.max(1, WINDOW_SECONDS - now.getEpochSecond() % WINDOW_SECONDS);
        Key key = new Key(scope, caller);
        int before = used.getOrDefault(key, 0);
        if (before >= limit) {
            return new Usage(false, 0, reset);
        }
        used.put(key, before + 1);
        return new Usage(true, limit - before - 1, reset);
    }
}
