package com.brokerx.orders.order;

import java.time.Instant;

/** Which of a client's orders are wanted; what is null does not matter. */
record OrderFilter(OrderStatus status, String symbol, String clientOrderId, Instant updatedAfter) {}
