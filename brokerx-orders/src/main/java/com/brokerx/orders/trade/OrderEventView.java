package com.brokerx.orders.trade;

import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.OrderView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * An entry of a client's event log, the same over REST and on the stream.
 *
 * @param event what happened, as in the execution's {@code report_type}
 * @param order as it stood after it
 */
@Schema(name = "OrderEvent")
public record OrderEventView(long sequence, String event, OrderView order, ExecutionView execution, Instant timestamp) {

    /** The entry as it is sent. */
    public static OrderEventView of(Execution execution, Instruments instruments) {
        return new OrderEventView(
                execution.clientSequence(),
                execution.type().wireName(),
                OrderView.of(execution.order(), instruments),
                ExecutionView.of(execution, instruments),
                execution.createdAt());
    }
}
