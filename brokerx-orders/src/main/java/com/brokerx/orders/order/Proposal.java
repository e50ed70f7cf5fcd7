package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.Instrument;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The terms that somebody wants for an order, as they were written: those of a new one, or of one that is to be replaced. */
record Proposal(
        OrderType type,
        boolean postOnly,
        boolean buys,
        long quantity,
        BigDecimal price,
        BigDecimal stopPrice,
        TimeInForce timeInForce,
        Instant expiresAt) {

    static Proposal of(PlaceOrder wanted) {
        return new Proposal(
                wanted.orderType(),
                wanted.isPostOnly(),
                wanted.direction() == Direction.BUY,
                wanted.quantity(),
                wanted.price(),
                wanted.stopPrice(),
                wanted.timeInForceOrDay(),
                stored(wanted.expiresAt()));
    }

    /** What the order would be; what {@code wanted} leaves out stays as it is. */
    static Proposal of(Order order, ReplaceOrder wanted, Instrument instrument) {
        OrderType type = order.ticket().type();
        Terms present = order.terms();
        TimeInForce timeInForce = or(wanted.timeInForce(), present.timeInForce());
        boolean staysDated = timeInForce == TimeInForce.GTD && present.timeInForce() == TimeInForce.GTD;
        return new Proposal(
                type,
                order.ticket().postOnly(),
                order.isBuy(),
                or(wanted.quantity(), present.quantity()),
                type.hasPrice() ? or(wanted.price(), instrument.toPrice(present.limitTicks())) : wanted.price(),
                type.hasStopPrice()
                        ? or(wanted.stopPrice(), instrument.toPrice(present.stopTicks()))
                        : wanted.stopPrice(),
                timeInForce,
                stored(staysDated ? or(wanted.expiresAt(), present.expiresAt()) : wanted.expiresAt()));
    }

    /** As fine as the database tells times. */
    private static Instant stored(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> T or(T wanted, T present) {
        return wanted == null ? present : wanted;
    }
}
