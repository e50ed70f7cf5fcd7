package com.brokerx.orders.order;

/**
 * The body of a cancel of all orders.
 *
 * @param symbol only orders of this symbol; all if left out
 */
public record CancelAll(String symbol) {}
