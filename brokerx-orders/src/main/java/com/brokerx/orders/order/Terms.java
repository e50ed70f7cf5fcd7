package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import java.time.Instant;

/**
 * What a replacement may change about an order.
 *
 * @param quantity the new total, filled or not
 * @param limitTicks the worst price at which it may trade; of an order without a price of its own a collar, 0 where there is none yet
 * @param stopTicks the trade price that wakes it, or woke it; 0 for an order that never waits for one
 * @param expiresAt null where it does not expire
 */
public record Terms(long quantity, long limitTicks, long stopTicks, TimeInForce timeInForce, Instant expiresAt) {}
