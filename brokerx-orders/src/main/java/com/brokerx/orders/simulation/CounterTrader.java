package com.brokerx.orders.simulation;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.facades.portfolios.PortfoliosFacade.JournalRequest;
import com.brokerx.orders.book.DepthLevel;
import com.brokerx.orders.book.Side;
import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderCode;
import com.brokerx.orders.order.OrderQueries;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Trades with a given order, as a client of its own, through whatever stands before it: a script's way to a fill that does not
 * have to wait for the market.
 */
final class CounterTrader {

    /** Each one at least takes away somebody who stands before the order at its price. */
    private static final int ATTEMPTS = 100;

    /** Buys are paid with something over, for fees. */
    private static final BigDecimal WITH_FEES = new BigDecimal("1.2");

    private final Caller caller;
    private final Desk desk;
    private final PortfoliosFacade portfolios;
    private final OrderQueries queries;
    private final Instruments instruments;
    private final MarketData market;

    CounterTrader(
            UUID clientId,
            Desk desk,
            PortfoliosFacade portfolios,
            OrderQueries queries,
            Instruments instruments,
            MarketData market) {
        this.caller = new Caller(clientId, clientId, Set.of(Caller.ADMIN));
        this.desk = desk;
        this.portfolios = portfolios;
        this.queries = queries;
        this.instruments = instruments;
        this.market = market;
    }

    /**
     * Fills an order that rests in its book.
     *
     * @param quantity shares; all that is left where empty
     * @return the order afterwards
     * @throws com.brokerx.commons.problem.ProblemException when it cannot be filled
     */
    Order fill(UUID orderId, OptionalLong quantity) {
        Order order = find(orderId);
        long wanted = order.state().filled() + quantity.orElse(order.state().leaves());
        if (wanted > order.state().quantity()) {
            throw Problem.ofField(OrderCode.INVALID_QUANTITY, "quantity", "is more than is left of the order")
                    .asException();
        }
        for (int attempt = 0; attempt < ATTEMPTS && order.state().filled() < wanted; attempt++) {
            requireOpen(order);
            trade(order, wanted - order.state().filled());
            order = find(orderId);
        }
        if (order.state().filled() < wanted) {
            throw Problem.of(OrderCode.NO_LIQUIDITY, "too many orders stand before this one")
                    .asException();
        }
        return order;
    }

    private Order find(UUID orderId) {
        return queries.find(caller, orderId)
                .orElseThrow(() -> Problem.of(CommonCode.NOT_FOUND, "there is no such order")
                        .asException());
    }

    private static void requireOpen(Order order) {
        if (!order.status().isOpen()) {
            throw Problem.of(
                            OrderCode.INVALID_STATE,
                            "the order is " + order.status().wireName())
                    .asException();
        }
    }

    private void trade(Order order, long quantity) {
        Instrument instrument = instruments.get(order.symbol());
        Side side = order.ticket().direction().side().opposite();
        long ticks = order.state().limitTicks();
        long shares = quantity + standingBefore(order, market.of(instrument));
        provide(side, instrument, ticks, shares);
        Intent counter = new Intent.Place(side, ticks, shares, TimeInForce.IOC);
        if (desk.carryOut(caller.clientId(), instrument, counter) instanceof Desk.Result.Refused(var code)) {
            throw Problem.of(OrderCode.INVALID_STATE, "the order on the other side was refused: " + code)
                    .asException();
        }
    }

    /** Shares at better prices on the order's side of the book. */
    private static long standingBefore(Order order, BookSnapshot book) {
        List<DepthLevel> levels =
                order.isBuy() ? book.depth().bids() : book.depth().asks();
        return levels.stream()
                .takeWhile(level -> level.ticks() != order.state().limitTicks())
                .filter(level -> order.isBuy() == level.ticks() > order.state().limitTicks())
                .mapToLong(DepthLevel::quantity)
                .sum();
    }

    private void provide(Side side, Instrument instrument, long ticks, long shares) {
        JournalRequest needed = side == Side.BUY
                ? new JournalRequest(
                        caller.clientId(),
                        instrument.currency().getCurrencyCode(),
                        instrument.toMoney(WITH_FEES
                                .multiply(BigDecimal.valueOf(instrument.cost(ticks, shares)))
                                .longValue()),
                        "for a script")
                : new JournalRequest(
                        caller.clientId(), instrument.symbol(), BigDecimal.valueOf(shares), "for a script");
        portfolios.journal("script/" + Ids.next(), needed);
    }
}
