package com.brokerx.orders.order;

import com.brokerx.commons.problem.Problem;
import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.Instrument;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What makes something an order at all, whatever the market is like: which fields go together, and within which bounds. */
final class OrderShape {

    private final LimitSettings limits;

    OrderShape(LimitSettings limits) {
        this.limits = limits;
    }

    /** The first thing that is wrong; empty where nothing is. */
    Optional<Problem> problemOf(Proposal order, Instrument instrument, Instant now) {
        return quantity(order.quantity(), instrument)
                .or(() -> price(order, instrument))
                .or(() -> stopPrice(order, instrument))
                .or(() -> linked(order))
                .or(() -> timeInForce(order))
                .or(() -> expiry(order, now))
                .or(() -> postOnly(order));
    }

    private Optional<Problem> quantity(long quantity, Instrument instrument) {
        if (quantity <= 0 || quantity > limits.maximumQuantity()) {
            return problem(OrderCode.INVALID_QUANTITY, "quantity", "has to be from 1 to " + limits.maximumQuantity());
        }
        return quantity % instrument.lotSize() == 0
                ? Optional.empty()
                : problem(OrderCode.INVALID_QUANTITY, "quantity", "has to be a multiple of " + instrument.lotSize());
    }

    private static Optional<Problem> price(Proposal order, Instrument instrument) {
        if (!order.type().hasPrice()) {
            return order.price() == null
                    ? Optional.empty()
                    : problem(OrderCode.INVALID_PRICE, "price", "is for limit, stop-limit and OCO orders only");
        }
        return order.price() == null
                ? problem(OrderCode.INVALID_PRICE, "price", "is what such an order needs")
                : onTick(order.price(), instrument, OrderCode.INVALID_PRICE, "price");
    }

    private Optional<Problem> stopPrice(Proposal order, Instrument instrument) {
        if (!order.type().hasStopPrice()) {
            return order.stopPrice() == null
                    ? Optional.empty()
                    : problem(
                            OrderCode.INVALID_STOP_PRICE, "stop_price", "is for stop, stop-limit and OCO orders only");
        }
        if (order.stopPrice() == null) {
            return problem(OrderCode.INVALID_STOP_PRICE, "stop_price", "is what such an order needs");
        }
        // No band bounds it; one share above this could not be bought anyway.
        return order.stopPrice().compareTo(limits.maximumNotional()) > 0
                ? problem(
                        OrderCode.INVALID_STOP_PRICE,
                        "stop_price",
                        "may be " + limits.maximumNotional().toPlainString() + " at most")
                : onTick(order.stopPrice(), instrument, OrderCode.INVALID_STOP_PRICE, "stop_price");
    }

    /** One cancels the other: an exit, so that whichever side it ends on, the same shares are all that it needs. */
    private static Optional<Problem> linked(Proposal order) {
        if (order.type() != OrderType.OCO) {
            return Optional.empty();
        }
        if (order.buys()) {
            return problem(OrderCode.INVALID_ORDER_TYPE, "order_type", "oco is for sell orders");
        }
        return order.price().compareTo(order.stopPrice()) > 0
                ? Optional.empty()
                : problem(OrderCode.INVALID_STOP_PRICE, "stop_price", "of an OCO order has to be below its price");
    }

    private static Optional<Problem> onTick(
            BigDecimal price, Instrument instrument, OrderCode notPositive, String field) {
        if (price.signum() <= 0) {
            return problem(notPositive, field, "has to be above zero");
        }
        return instrument.toTicks(price).isPresent()
                ? Optional.empty()
                : problem(
                        OrderCode.PRICE_OFF_TICK,
                        field,
                        "has to be a multiple of " + instrument.tickSize().toPlainString());
    }

    private static Optional<Problem> timeInForce(Proposal order) {
        if (order.type().hasStopPrice() && !order.timeInForce().mayRest()) {
            return problem(
                    OrderCode.INVALID_TIME_IN_FORCE,
                    "time_in_force",
                    "of an order with a stop price is DAY, GTC or GTD");
        }
        return order.type() == OrderType.MARKET && order.timeInForce() == TimeInForce.GTD
                ? problem(
                        OrderCode.INVALID_TIME_IN_FORCE,
                        "time_in_force",
                        "cannot be GTD, as a market order never rests")
                : Optional.empty();
    }

    private Optional<Problem> expiry(Proposal order, Instant now) {
        if (order.timeInForce() != TimeInForce.GTD) {
            return order.expiresAt() == null
                    ? Optional.empty()
                    : problem(OrderCode.INVALID_EXPIRY, "expires_at", "goes with GTD only");
        }
        Instant latest = now.plus(limits.longestLife().toJavaDuration());
        boolean isPossible = order.expiresAt() != null
                && order.expiresAt().isAfter(now)
                && !order.expiresAt().isAfter(latest);
        return isPossible
                ? Optional.empty()
                : problem(
                        OrderCode.INVALID_EXPIRY,
                        "expires_at",
                        "has to lie in the future, %s ahead at most".formatted(limits.longestLife()));
    }

    private static Optional<Problem> postOnly(Proposal order) {
        boolean isPossible = order.type().hasPrice()
                && order.type() != OrderType.OCO
                && order.timeInForce().mayRest();
        return !order.postOnly() || isPossible
                ? Optional.empty()
                : problem(OrderCode.INVALID_POST_ONLY, "post_only", "is for limit orders that are DAY, GTC or GTD");
    }

    private static Optional<Problem> problem(OrderCode code, String field, String message) {
        return Optional.of(Problem.ofField(code, field, message));
    }
}
