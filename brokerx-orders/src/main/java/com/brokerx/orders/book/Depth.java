package com.brokerx.orders.book;

import java.util.List;

/** Both sides of a book, best price first, as of a {@linkplain OrderBook#sequence() sequence}. */
public record Depth(List<DepthLevel> bids, List<DepthLevel> asks, long sequence) {}
