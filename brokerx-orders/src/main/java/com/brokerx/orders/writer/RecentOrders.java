package com.brokerx.orders.writer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Remembers which orders were brought to a book in the last seconds, or were to be cancelled before they got there. It spares the writer
 * a failed batch when the same order comes twice; that it is not done twice is assured by the order's version in the database.
 */
final class RecentOrders {

    private static final Duration GENERATION = Duration.ofSeconds(5);

    private Set<UUID> young = new HashSet<>();
    private Set<UUID> old = new HashSet<>();
    private Instant turnAt = Instant.MIN;

    void add(UUID orderId, Instant now) {
        if (!now.isBefore(turnAt)) {
            old = young;
            young = new HashSet<>();
            turnAt = now.plus(GENERATION);
        }
        young.add(orderId);
    }

    boolean contains(UUID orderId) {
        return young.contains(orderId) || old.contains(orderId);
    }
}
