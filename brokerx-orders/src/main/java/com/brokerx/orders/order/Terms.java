package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import java.time.Instant;

/**
 * What a replacement may change about an order.
 *
 * @param quantity the new total, filled or not
 * @param expiresAt null where it does not expire
 */
public record Terms(long quantity, long limitTicks, TimeInForce timeInForce, Instant expiresAt) {}
