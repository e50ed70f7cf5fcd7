package com.brokerx.orders.order;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Bounds how many changes one client may have under way at once. Requests of all clients wait in the same queues for the next transaction;
 * without a bound one client could fill these, and everybody else would wait for a queue's length. With it the others go into the
 * next transaction or the one after.
 */
final class ConcurrencyLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int maximum;
    private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();

    /** @param maximum requests of one client at once */
    ConcurrencyLimit(int maximum) {
        this.maximum = maximum;
    }

    /**
     * Does the work, unless too much of the client's is under way.
     *
     * @throws com.brokerx.commons.problem.ProblemException with {@link CommonCode#RATE_LIMITED} when it is; nothing is done then
     */
    <T> T within(UUID clientId, Supplier<T> work) {
        if (underWay.merge(clientId, 1, Integer::sum) > maximum) {
            leave(clientId);
            throw Problem.of(
                            CommonCode.RATE_LIMITED,
                            "at most " + maximum + " requests of a client are served at once; wait for answers")
                    .retryAfter(RETRY_AFTER)
                    .asException();
        }
        try {
            return work.get();
        } finally {
            leave(clientId);
        }
    }

    private void leave(UUID clientId) {
        underWay.computeIfPresent(clientId, (id, count) -> count == 1 ? null : count - 1);
    }
}
