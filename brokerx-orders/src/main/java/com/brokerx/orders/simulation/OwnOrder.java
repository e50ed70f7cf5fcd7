package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import java.util.UUID;

/** An agent's order that stands in the book. */
record OwnOrder(UUID id, Side side, long ticks, long quantity, long filled) {

    long leaves() {
        return quantity - filled;
    }
}
