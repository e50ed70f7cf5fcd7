package com.brokerx.orders.simulation;

import com.brokerx.orders.order.Screening;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Refuses so many of a client's next orders at this instance, as a script has asked. */
public final class Rejections implements Screening {

    private final Map<UUID, AtomicInteger> outstanding = new ConcurrentHashMap<>();

    void refuseNext(UUID clientId, int orders) {
        outstanding.put(clientId, new AtomicInteger(orders));
    }

    @Override
    public Optional<String> objection(UUID clientId, String symbol) {
        AtomicInteger left = outstanding.get(clientId);
        return left != null && left.getAndUpdate(orders -> Math.max(0, orders - 1)) > 0
                ? Optional.of("a script refuses this order")
                : Optional.empty();
    }
}
