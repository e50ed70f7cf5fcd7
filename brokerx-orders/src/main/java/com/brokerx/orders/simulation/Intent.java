package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import com.brokerx.orders.book.TimeInForce;
import java.util.UUID;

/** What an agent wants done. */
sealed interface Intent {

    /** A limit order. */
    record Place(Side side, long ticks, long quantity, TimeInForce timeInForce) implements Intent {}

    /** Another price and size for an order that has not traded. */
    record Move(UUID orderId, long ticks, long quantity) implements Intent {}

    record Cancel(UUID orderId) implements Intent {}
}
