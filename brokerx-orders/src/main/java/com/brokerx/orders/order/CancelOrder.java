package com.brokerx.orders.order;

/**
 * The body of a cancel.
 *
 * @param clientVersion the order's {@code lock_version} as the client knows it: the cancel is refused if it is out of date
 */
public record CancelOrder(Integer clientVersion) {}
