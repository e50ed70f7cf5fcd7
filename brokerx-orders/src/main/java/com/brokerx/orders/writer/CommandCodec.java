package com.brokerx.orders.writer;

import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderCode;
import com.brokerx.orders.order.Terms;

/** Commands and their outcomes as they travel between instances. */
final class CommandCodec {

    private CommandCodec() {}

    static BooksFacade.Command encode(OrderCommand.OfOrder command) {
        return switch (command) {
            case OrderCommand.Place(var orderId, var symbol, var fresh) ->
                new BooksFacade.Command(BooksFacade.Kind.PLACE, orderId, symbol, null, null, null, null);
            case OrderCommand.Cancel(var orderId, var symbol, var version, var text) ->
                new BooksFacade.Command(BooksFacade.Kind.CANCEL, orderId, symbol, version, null, null, text);
            case OrderCommand.Replace(var orderId, var symbol, var terms, var hold, var version) ->
                new BooksFacade.Command(
                        BooksFacade.Kind.REPLACE,
                        orderId,
                        symbol,
                        version,
                        new BooksFacade.Terms(
                                terms.quantity(),
                                terms.limitTicks(),
                                terms.stopTicks(),
                                terms.timeInForce().name(),
                                terms.expiresAt()),
                        encode(hold),
                        null);
            case OrderCommand.SettleHold(var orderId, var symbol, var hold) ->
                new BooksFacade.Command(BooksFacade.Kind.SETTLE_HOLD, orderId, symbol, null, null, encode(hold), null);
        };
    }

    static OrderCommand.OfOrder decode(BooksFacade.Command command) {
        return switch (command.kind()) {
            case PLACE -> new OrderCommand.Place(command.orderId(), command.symbol(), null);
            case CANCEL ->
                new OrderCommand.Cancel(
                        command.orderId(), command.symbol(), command.expectedLockVersion(), command.text());
            case REPLACE ->
                new OrderCommand.Replace(
                        command.orderId(),
                        command.symbol(),
                        decode(command.terms()),
                        hold(command),
                        command.expectedLockVersion());
            case SETTLE_HOLD -> OrderCommand.SettleHold.of(hold(command));
        };
    }

    private static BooksFacade.Hold encode(HoldChange hold) {
        return new BooksFacade.Hold(hold.id(), hold.stage().name(), hold.version(), hold.authorized(), hold.asked());
    }

    private static Terms decode(BooksFacade.Terms terms) {
        return new Terms(
                terms.quantity(),
                terms.limitTicks(),
                terms.stopTicks(),
                TimeInForce.valueOf(terms.timeInForce()),
                terms.expiresAt());
    }

    private static HoldChange hold(BooksFacade.Command command) {
        BooksFacade.Hold hold = command.hold();
        return new HoldChange(
                hold.id(),
                command.orderId(),
                command.symbol(),
                HoldChange.Stage.valueOf(hold.stage()),
                hold.version(),
                hold.authorized(),
                hold.asked());
    }

    static BooksFacade.Result encode(CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done done -> result(BooksFacade.Status.DONE);
            case CommandOutcome.Refused(var order, var code) ->
                new BooksFacade.Result(BooksFacade.Status.REFUSED, code.name());
            case CommandOutcome.Conflict conflict -> result(BooksFacade.Status.CONFLICT);
            case CommandOutcome.NotFound notFound -> result(BooksFacade.Status.NOT_FOUND);
            case CommandOutcome.Expired expired -> result(BooksFacade.Status.DONE);
            case CommandOutcome.NotOwner notOwner -> result(BooksFacade.Status.NOT_OWNER);
            case CommandOutcome.Undecided undecided -> result(BooksFacade.Status.UNDECIDED);
        };
    }

    private static BooksFacade.Result result(BooksFacade.Status status) {
        return new BooksFacade.Result(status, null);
    }

    /** @param order as it is stored after the command; null where there is none */
    static CommandOutcome decode(BooksFacade.Result result, Order order) {
        if (order == null) {
            return new CommandOutcome.NotFound();
        }
        return switch (result.status()) {
            case DONE -> new CommandOutcome.Done(order);
            case REFUSED -> new CommandOutcome.Refused(order, OrderCode.valueOf(result.code()));
            case CONFLICT -> new CommandOutcome.Conflict(order);
            case NOT_FOUND -> new CommandOutcome.NotFound();
            case NOT_OWNER -> new CommandOutcome.NotOwner();
            case UNDECIDED -> new CommandOutcome.Undecided();
        };
    }
}
