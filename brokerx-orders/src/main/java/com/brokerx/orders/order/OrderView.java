package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * An order as callers see it.
 *
 * @param success on the answer with one order only
 * @param price null for market and stop orders
 * @param stopPrice null for orders that never wait for one
 * @param expiresAt the session's end for DAY; null where the order does not expire
 * @param triggeredAt when the stop price was reached; null as long as it was not
 * @param leavesQuantity what may still trade; 0 once the order is done
 * @param averagePrice null as long as nothing has traded
 * @param reservedAmount what the order holds now: money for a buy, expected fees included, shares for a sell
 */
@Schema(name = "Order")
public record OrderView(
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean success,
        UUID id,
        String clientOrderId,
        UUID clientId,
        String symbol,
        Direction direction,
        OrderType orderType,
        long quantity,
        BigDecimal price,
        BigDecimal stopPrice,
        TimeInForce timeInForce,
        Instant expiresAt,
        boolean postOnly,

        @Schema(
                allowableValues = {
                    "pending_funds",
                    "new",
                    "working",
                    "partially_filled",
                    "filled",
                    "cancelled",
                    "expired",
                    "rejected"
                })
        String status,

        String rejectCode,
        long filledQuantity,
        long leavesQuantity,
        BigDecimal averagePrice,
        BigDecimal reservedAmount,
        int lockVersion,
        String correlationId,
        Instant triggeredAt,
        Instant createdAt,
        Instant updatedAt) {

    /** As an element of a list, or part of something else. */
    public static OrderView of(Order order, Instruments instruments) {
        return of(order, instruments.get(order.symbol()), null);
    }

    /** As the answer itself. */
    public static OrderView single(Order order, Instruments instruments) {
        return of(order, instruments.get(order.symbol()), true);
    }

    private static OrderView of(Order order, Instrument instrument, Boolean success) {
        Ticket ticket = order.ticket();
        OrderState state = order.state();
        Terms terms = order.terms();
        return new OrderView(
                success,
                ticket.id(),
                ticket.clientOrderId(),
                ticket.clientId(),
                ticket.symbol(),
                ticket.direction(),
                ticket.type(),
                terms.quantity(),
                ticket.type().hasPrice() ? instrument.toPrice(terms.limitTicks()) : null,
                ticket.type().hasStopPrice() ? instrument.toPrice(terms.stopTicks()) : null,
                terms.timeInForce(),
                terms.expiresAt(),
                ticket.postOnly(),
                state.status().wireName(),
                state.rejectCode(),
                state.filled(),
                state.leaves(),
                state.filled() == 0 ? null : instrument.averagePrice(state.notional(), state.filled()),
                Holds.amount(order, instrument, Holds.held(order, instrument)),
                state.lockVersion(),
                ticket.correlationId(),
                state.triggeredAt(),
                ticket.createdAt(),
                state.updatedAt());
    }
}
