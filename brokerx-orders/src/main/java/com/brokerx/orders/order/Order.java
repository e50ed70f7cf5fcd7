package com.brokerx.orders.order;

import com.brokerx.orders.book.BookCommand;
import java.util.UUID;

/** An order as it stands at one moment. */
public record Order(Ticket ticket, OrderState state) {

    public UUID id() {
        return ticket.id();
    }

    public UUID clientId() {
        return ticket.clientId();
    }

    public String symbol() {
        return ticket.symbol();
    }

    public OrderStatus status() {
        return state.status();
    }

    public Terms terms() {
        return state.terms();
    }

    public boolean isBuy() {
        return ticket.direction() == Direction.BUY;
    }

    public Order with(OrderState next) {
        return new Order(ticket, next);
    }

    /** The command that brings the order to its book. */
    public BookCommand.Place toPlace() {
        return new BookCommand.Place(
                id(),
                clientId(),
                ticket.direction().side(),
                ticket.type().kind(),
                state.limitTicks(),
                state.quantity(),
                terms().timeInForce(),
                ticket.postOnly(),
                state.armedAtTicks());
    }
}
