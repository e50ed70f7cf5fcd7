package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFile.HealthChecks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The targets behind one name, taken in turn, those that are down left out. */
record Balancer(String name, List<Target> targets, HealthChecks checks, AtomicInteger turn) implements AutoCloseable {

    Balancer(String name, List<Target> targets, HealthChecks checks) {
        this(name, List.copyOf(targets), checks, new AtomicInteger());
    }

    Optional<Target> next() {
        int start = turn.getAndIncrement();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(Math.floorMod(start + i, targets.size()));
            if (target.health().isUsable()) {
                return Optional.of(target);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        targets.forEach(Target::close);
    }
}
