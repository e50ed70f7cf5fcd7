package com.brokerx.orders.market;

import java.math.BigDecimal;
import java.time.Instant;

/** What a symbol traded at in one interval. Intervals without a trade have no bar. */
public record Bar(
        Instant start, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, long volume, long trades) {}
