package com.brokerx.orders.trade;

import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.Order;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A report on an order as callers see it.
 *
 * @param sequence its number in the client's event log
 * @param status the order's after this report
 * @param quantity what was traded with this report; null where nothing was
 * @param price at which; null where nothing was traded
 * @param text for people to read; null where there is nothing to add
 */
@Schema(name = "Execution")
public record ExecutionView(
        UUID id,
        UUID orderId,
        long sequence,
        String symbol,

        @Schema(
                allowableValues = {
                    "new",
                    "partial_fill",
                    "fill",
                    "replaced",
                    "triggered",
                    "cancelled",
                    "expired",
                    "rejected"
                })
        String reportType,

        String status,
        Long quantity,
        BigDecimal price,
        long cumulativeQuantity,
        long leavesQuantity,
        UUID tradeId,
        String rejectCode,
        String text,
        Instant createdAt) {

    /** The report as it is sent. */
    public static ExecutionView of(Execution execution, Instruments instruments) {
        Order order = execution.order();
        Instrument instrument = instruments.get(order.symbol());
        Execution.Fill fill = execution.fill();
        return new ExecutionView(
                execution.id(),
                order.id(),
                execution.clientSequence(),
                order.symbol(),
                execution.type().wireName(),
                order.status().wireName(),
                fill == null ? null : fill.quantity(),
                fill == null ? null : instrument.toPrice(fill.ticks()),
                order.state().filled(),
                order.state().leaves(),
                fill == null ? null : fill.tradeId(),
                order.state().rejectCode(),
                execution.text(),
                execution.createdAt());
    }
}
