package com.brokerx.orders.order;

import com.brokerx.orders.book.BookCommand;
import com.brokerx.orders.market.Instrument;
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

    /** Whether what does not trade at once may wait in the book. */
    public boolean mayRest() {
        return ticket.type() != OrderType.MARKET && terms().timeInForce().mayRest();
    }

    public Order with(OrderState next) {
        return new Order(ticket, next);
    }

    /** How far from its stop price it may trade once that is reached, for one that rests until then; see the book. */
    public int collarPpm(Instrument instrument) {
        return ticket.type() == OrderType.OCO && state.armedAtTicks() > 0 ? instrument.priceBandPpm() : 0;
    }

    /** The command that brings the order to its book. */
    public BookCommand.Place toPlace(Instrument instrument) {
        return new BookCommand.Place(
                id(),
                clientId(),
                ticket.direction().side(),
                ticket.type().kind(),
                state.limitTicks(),
                state.quantity(),
                terms().timeInForce(),
                ticket.postOnly(),
                state.armedAtTicks(),
                collarPpm(instrument));
    }
}
