package com.brokerx.orders.book;

/** All that rests at one price. */
public record DepthLevel(long ticks, long quantity, int orders) {}
