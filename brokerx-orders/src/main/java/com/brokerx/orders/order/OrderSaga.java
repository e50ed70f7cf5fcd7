package com.brokerx.orders.order;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.orders.writer.Books;
import com.brokerx.orders.writer.CommandOutcome;
import com.brokerx.orders.writer.OrderCommand;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings a stored order to its book: reserves its funds, then has the writer place it, or ends it. Every step may be done again, by
 * another thread or instance too, so whoever finds an order that waits may run this.
 */
final class OrderSaga {

    private final Jdbi jdbi;
    private final Funds funds;
    private final Refusals refusals;
    private final Books books;

    OrderSaga(Jdbi jdbi, Funds funds, Refusals refusals, Books books) {
        this.jdbi = jdbi;
        this.funds = funds;
        this.refusals = refusals;
        this.books = books;
    }

    /** Right after the order was stored, by the request that did it. */
    Order begin(Order stored) {
        return drive(stored, funds.reserveFirst(stored), OrderCommand.Place.fresh(stored), true);
    }

    /**
     * For an order that was found waiting.
     *
     * @param giveUp whether to end the order if its funds cannot be asked for; otherwise it goes on waiting
     * @return the order as it stands now
     */
    Order resume(Order waiting, boolean giveUp) {
        return drive(waiting, funds.reserveAgain(waiting), OrderCommand.Place.again(waiting), giveUp);
    }

    private Order drive(Order order, Funds.Outcome outcome, OrderCommand.Place place, boolean giveUp) {
        return switch (outcome) {
            case Funds.Outcome.Reserved reserved -> place(order, place);
            case Funds.Outcome.Insufficient(var detail) -> {
                OrderCode code = order.isBuy() ? OrderCode.INSUFFICIENT_FUNDS : OrderCode.INSUFFICIENT_SHARES;
                yield refusals.refuse(new Refusals.Refusal(order, code.wireName(), detail));
            }
            case Funds.Outcome.CurrencyMismatch(var detail) ->
                refusals.refuse(new Refusals.Refusal(order, OrderCode.CURRENCY_MISMATCH.wireName(), detail));
            case Funds.Outcome.Stale stale -> present(order);
            case Funds.Outcome.Unavailable unavailable ->
                giveUp
                        ? refusals.refuse(new Refusals.Refusal(
                                order,
                                CommonCode.SERVICE_UNAVAILABLE.wireName(),
                                "funds could not be reserved: portfolios is not available"))
                        : order;
        };
    }

    private Order place(Order order, OrderCommand.Place place) {
        return switch (books.submit(place)) {
            case CommandOutcome.Done(var placed) -> placed;
            case CommandOutcome.Refused(var present, var code) -> present;
            case CommandOutcome.Conflict(var present) -> present;
            case CommandOutcome.Undecided undecided -> present(order);
            case CommandOutcome.NotOwner notOwner -> present(order);
            case CommandOutcome.NotFound notFound ->
                throw new IllegalStateException("order " + order.id() + " is gone");
            case CommandOutcome.Expired expired -> throw new IllegalStateException("a placing cannot expire orders");
        };
    }

    private Order present(Order order) {
        return jdbi.withHandle(handle -> OrderStore.find(handle, order.id())).orElseThrow();
    }
}
