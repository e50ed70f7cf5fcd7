package com.brokerx.orders.simulation;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.book.Side;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.order.CancelService;
import com.brokerx.orders.order.ChangeOutcome;
import com.brokerx.orders.order.Direction;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderQueries;
import com.brokerx.orders.order.OrderService;
import com.brokerx.orders.order.PlaceOrder;
import com.brokerx.orders.order.PlaceOutcome;
import com.brokerx.orders.order.ReplaceOrder;
import com.brokerx.orders.order.ReplaceService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Trades by the same service calls that requests make. */
final class OrderDesk implements Desk {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final OrderService placing;
    private final ReplaceService replaces;
    private final CancelService cancels;
    private final OrderQueries queries;

    OrderDesk(OrderService placing, ReplaceService replaces, CancelService cancels, OrderQueries queries) {
        this.placing = placing;
        this.replaces = replaces;
        this.cancels = cancels;
        this.queries = queries;
    }

    @Override
    public Map<String, List<OwnOrder>> openOrders(UUID clientId) {
        return queries.open(clientId).stream()
                .collect(Collectors.groupingBy(
                        Order::symbol, Collectors.mapping(OrderDesk::ownOrder, Collectors.toList())));
    }

    private static OwnOrder ownOrder(Order order) {
        return new OwnOrder(
                order.id(),
                order.ticket().direction().side(),
                order.state().limitTicks(),
                order.state().quantity(),
                order.state().filled());
    }

    @Override
    public Result carryOut(UUID clientId, Instrument instrument, Intent intent) {
        return switch (intent) {
            case Intent.Place place -> outcome(placing.place(clientId, order(instrument, place), Optional.empty()));
            case Intent.Move(var orderId, long ticks, long quantity) ->
                outcome(replaces.replace(
                        caller(clientId), orderId, ReplaceOrder.to(quantity, instrument.toPrice(ticks))));
            case Intent.Cancel(var orderId) -> outcome(cancels.cancel(caller(clientId), orderId, null));
        };
    }

    @Override
    public boolean withdraw(UUID clientId) {
        return cancels.cancelAll(clientId, Optional.empty()).failed().isEmpty();
    }

    private static PlaceOrder order(Instrument instrument, Intent.Place place) {
        return PlaceOrder.limit(
                instrument.symbol(),
                place.side() == Side.BUY ? Direction.BUY : Direction.SELL,
                place.quantity(),
                instrument.toPrice(place.ticks()),
                place.timeInForce());
    }

    private static Caller caller(UUID clientId) {
        return new Caller(clientId, clientId, Set.of());
    }

    private static Result outcome(PlaceOutcome outcome) {
        return switch (outcome) {
            case PlaceOutcome.Placed(var order, var replayed) ->
                new Result.Done(order.state().filled());
            case PlaceOutcome.Refused(var order, var detail, var replayed) ->
                new Result.Refused(order.state().rejectCode());
            case PlaceOutcome.Unusable(var problem) ->
                new Result.Refused(problem.code().wireName());
            case PlaceOutcome.KeyConflict conflict ->
                throw new IllegalStateException("the agents' orders carry no keys");
            case PlaceOutcome.BooksFull full -> new Result.Refused("books_full");
            case PlaceOutcome.Unavailable unavailable -> throw new UnavailableException("portfolios", RETRY_AFTER);
        };
    }

    private static Result outcome(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Changed changed -> new Result.Done(0);
            case ChangeOutcome.Refused(var problem) ->
                new Result.Refused(problem.code().wireName());
            case ChangeOutcome.Conflict conflict -> new Result.Refused("version_conflict");
            case ChangeOutcome.NotFound notFound -> new Result.Refused("not_found");
            case ChangeOutcome.Busy busy -> throw new UnavailableException("the order's hold", RETRY_AFTER);
            case ChangeOutcome.Undecided undecided -> throw new UnavailableException("the order's book", RETRY_AFTER);
        };
    }
}
