package com.brokerx.orders.trade;

import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderType;
import com.brokerx.orders.order.Terms;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A replacement of an order as callers see it.
 *
 * @param id of the report that told it, see {@code /api/v1/executions}
 * @param sequence that report's number in the client's event log
 * @param lockVersion the order's from then on
 * @param filledQuantity what was filled by then
 */
@Schema(name = "Amendment")
public record AmendmentView(
        UUID id,
        UUID orderId,
        long sequence,
        int lockVersion,
        long filledQuantity,
        TermsView before,
        TermsView after,
        Instant createdAt) {

    /**
     * What a replacement may change.
     *
     * @param price null for stop orders, which have none of their own
     * @param stopPrice null for orders that never wait for one
     * @param expiresAt null where the order does not expire
     */
    @Schema(name = "OrderTerms")
    public record TermsView(
            long quantity, BigDecimal price, BigDecimal stopPrice, TimeInForce timeInForce, Instant expiresAt) {

        private static TermsView of(Terms terms, OrderType type, Instrument instrument) {
            return new TermsView(
                    terms.quantity(),
                    type.hasPrice() ? instrument.toPrice(terms.limitTicks()) : null,
                    type.hasStopPrice() ? instrument.toPrice(terms.stopTicks()) : null,
                    terms.timeInForce(),
                    terms.expiresAt());
        }
    }

    static AmendmentView of(Amendment amendment, Instruments instruments) {
        Execution report = amendment.report();
        Order order = report.order();
        OrderType type = order.ticket().type();
        Instrument instrument = instruments.get(order.symbol());
        return new AmendmentView(
                report.id(),
                order.id(),
                report.clientSequence(),
                order.state().lockVersion(),
                order.state().filled(),
                TermsView.of(amendment.before(), type, instrument),
                TermsView.of(order.terms(), type, instrument),
                report.createdAt());
    }
}
