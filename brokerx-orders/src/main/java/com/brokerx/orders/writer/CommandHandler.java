package com.brokerx.orders.writer;

import com.brokerx.orders.book.BookCommand;
import com.brokerx.orders.book.RefusalReason;
import com.brokerx.orders.market.InstrumentStatus;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.order.Holds;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderCode;
import com.brokerx.orders.order.OrderStatus;
import com.brokerx.orders.order.Terms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Carries out one command after the other on the books in memory; what that changes is gathered in a batch. */
final class CommandHandler {

    /** In one batch at most. */
    private static final int EXPIRED_AT_ONCE = 500;

    private final Instruments instruments;
    private final MarketCalendar calendar;

    CommandHandler(Instruments instruments, MarketCalendar calendar) {
        this.instruments = instruments;
        this.calendar = calendar;
    }

    /**
     * @param looked orders that were looked up for the batch, as they are stored
     */
    CommandOutcome carryOut(OrderCommand command, SymbolBook book, Batch batch, Map<UUID, Order> looked) {
        return switch (command) {
            case OrderCommand.OfOrder ofOrder -> {
                // Also where nothing changes: what is answered then holds only if the book is still ours.
                batch.touch(book);
                expireDue(book, batch);
                if (!book.due(batch.now(), 1).isEmpty()) {
                    // These must not trade any more either, and are too many for this batch; the sender asks again.
                    yield new CommandOutcome.Undecided();
                }
                Order order = present(ofOrder, book, batch, looked);
                yield order == null ? new CommandOutcome.NotFound() : carryOut(ofOrder, order, book, batch);
            }
            case OrderCommand.ExpireDue due -> expireDue(book, batch);
        };
    }

    private static Order present(OrderCommand.OfOrder command, SymbolBook book, Batch batch, Map<UUID, Order> looked) {
        Order open = book.find(command.orderId());
        if (open != null) {
            return open;
        }
        Order changed = batch.latest(command.orderId());
        if (changed != null) {
            return changed;
        }
        Order stored = looked.get(command.orderId());
        return stored == null && command instanceof OrderCommand.Place place ? place.fresh() : stored;
    }

    private CommandOutcome carryOut(OrderCommand.OfOrder command, Order order, SymbolBook book, Batch batch) {
        return switch (command) {
            case OrderCommand.Place place -> place(order, book, batch);
            case OrderCommand.Cancel cancel -> cancel(cancel, order, book, batch);
            case OrderCommand.Replace replace -> replace(replace, order, book, batch);
            case OrderCommand.SettleHold(var orderId, var symbol, var hold) -> {
                settleAnew(hold, order, book, batch);
                yield new CommandOutcome.Done(latest(batch, order));
            }
        };
    }

    private CommandOutcome place(Order order, SymbolBook book, Batch batch) {
        if (order.status() == OrderStatus.PENDING_FUNDS) {
            enter(order, book, batch);
        }
        return new CommandOutcome.Done(latest(batch, order));
    }

    /** What was right when the order was taken may have passed while it waited for its funds. */
    private void enter(Order order, SymbolBook book, Batch batch) {
        BookRecorder recorder = recorder(book, batch);
        if (SymbolBook.isDue(order, batch.now())) {
            recorder.expirePending(order);
        } else if (!isTrading(book)) {
            recorder.rejectPending(
                    order, OrderCode.SYMBOL_HALTED, "trading was halted before the order came to its book");
        } else if (!calendar.isOpen(batch.now())) {
            recorder.rejectPending(
                    order, OrderCode.MARKET_CLOSED, "the market closed before the order came to its book");
        } else if (isOneTooMany(order, book)) {
            recorder.rejectPending(
                    order,
                    OrderCode.ORDER_LIMIT_EXCEEDED,
                    "a client may have %d open orders in %s at most"
                            .formatted(instruments.get(book.symbol()).maximumOpenOrders(), book.symbol()));
        } else {
            recorder.place(order);
        }
    }

    private boolean isOneTooMany(Order order, SymbolBook book) {
        Integer maximum = instruments.get(book.symbol()).maximumOpenOrders();
        return maximum != null && order.mayRest() && book.openOrdersOf(order.clientId()) >= maximum;
    }

    private boolean isTrading(SymbolBook book) {
        return instruments.get(book.symbol()).status() == InstrumentStatus.TRADING;
    }

    private CommandOutcome cancel(OrderCommand.Cancel command, Order order, SymbolBook book, Batch batch) {
        if (order.status() == OrderStatus.CANCELLED) {
            return new CommandOutcome.Done(order);
        }
        if (order.status().isFinal()) {
            return new CommandOutcome.Refused(order, OrderCode.INVALID_STATE);
        }
        if (isStale(command.expectedLockVersion(), order)) {
            return new CommandOutcome.Conflict(order);
        }
        if (order.status() == OrderStatus.PENDING_FUNDS) {
            recorder(book, batch).cancelPending(order, command.text());
        } else {
            requireKnown(recorder(book, batch).cancel(order, command.text()), order);
        }
        return new CommandOutcome.Done(latest(batch, order));
    }

    private CommandOutcome replace(OrderCommand.Replace command, Order order, SymbolBook book, Batch batch) {
        if (!isUndecided(command.hold(), order)) {
            batch.dropIfUndecided(command.hold());
            return order.terms().equals(command.terms())
                    ? new CommandOutcome.Done(order)
                    : new CommandOutcome.Conflict(order);
        }
        CommandOutcome outcome = replaceInBook(command, order, book, batch);
        Order after = latest(batch, order);
        if (command.hold().asked() || authorized(order) != authorized(after)) {
            settleHold(command.hold(), after, book, batch);
        } else {
            batch.dropHold(command.hold());
        }
        return outcome instanceof CommandOutcome.Done ? new CommandOutcome.Done(latest(batch, order)) : outcome;
    }

    private CommandOutcome replaceInBook(OrderCommand.Replace command, Order order, SymbolBook book, Batch batch) {
        Terms terms = command.terms();
        if (order.terms().equals(terms)) {
            return new CommandOutcome.Done(order);
        }
        if (!order.status().isOpen()) {
            return new CommandOutcome.Refused(order, OrderCode.INVALID_STATE);
        }
        if (!isTrading(book)) {
            return new CommandOutcome.Refused(order, OrderCode.SYMBOL_HALTED);
        }
        if (!calendar.isOpen(batch.now())) {
            return new CommandOutcome.Refused(order, OrderCode.MARKET_CLOSED);
        }
        if (order.state().triggeredAt() != null
                && terms.stopTicks() != order.terms().stopTicks()) {
            return new CommandOutcome.Refused(order, OrderCode.INVALID_STOP_PRICE);
        }
        if (isStale(command.expectedLockVersion(), order) || !covers(command.hold(), terms, order)) {
            return new CommandOutcome.Conflict(order);
        }
        Optional<RefusalReason> refusal = recorder(book, batch).replace(order, terms);
        return refusal.isEmpty()
                ? new CommandOutcome.Done(order)
                : new CommandOutcome.Refused(order, codeOf(refusal.get()));
    }

    /** Whether this change of the hold is still to be settled; false when the command comes a second time, or too late. */
    private static boolean isUndecided(HoldChange hold, Order order) {
        return order.state().reserveVersion() == hold.version() - 1;
    }

    private long authorized(Order order) {
        return Holds.authorized(order, instruments.get(order.symbol()));
    }

    /** Whether what was reserved for a replacement is enough for it, whatever has traded since it was reckoned. */
    private boolean covers(HoldChange hold, Terms terms, Order order) {
        if (terms.quantity() <= order.state().filled()) {
            return true; // the book refuses it
        }
        return authorized(order.with(order.state().replaced(terms, order.state().updatedAt()))) <= hold.authorized();
    }

    /**
     * After the book has decided: says what the order's hold has to become, unless it is that already. A version that the
     * portfolios service may have heard of is never used for another amount.
     */
    private void settleHold(HoldChange begun, Order order, SymbolBook book, Batch batch) {
        if (order.status().isFinal()) {
            batch.dropHold(begun); // closing the order has set everything free
        } else if (begun.asked() && begun.authorized() == authorized(order)) {
            stand(order, begun.version(), book, batch);
            batch.dropHold(begun);
        } else {
            setHold(begun, begun.asked() ? begun.version() + 1 : begun.version(), order, book, batch);
        }
    }

    /** As {@link #settleHold}, where it is not known what of the change has reached the portfolios service. */
    private void settleAnew(HoldChange change, Order order, SymbolBook book, Batch batch) {
        int standsAt = change.stage() == HoldChange.Stage.RAISING ? change.version() - 1 : change.version();
        if (order.state().reserveVersion() != standsAt) {
            batch.dropIfUndecided(change);
        } else if (order.status().isFinal()) {
            batch.dropHold(change);
        } else {
            setHold(change, change.version() + 1, order, book, batch);
        }
    }

    private void setHold(HoldChange change, int version, Order order, SymbolBook book, Batch batch) {
        stand(order, version, book, batch);
        batch.setHold(change.settled(version, authorized(order)));
    }

    /** From now on the order's terms, and its trades, stand on this version of the reservation. */
    private static void stand(Order order, int version, SymbolBook book, Batch batch) {
        Order standing = order.with(order.state().onReservation(version));
        batch.change(order, standing);
        book.put(standing);
    }

    private CommandOutcome.Expired expireDue(SymbolBook book, Batch batch) {
        List<Order> due = book.due(batch.now(), EXPIRED_AT_ONCE - batch.expired());
        for (Order order : due) {
            requireKnown(recorder(book, batch).apply(new BookCommand.Expire(order.id())), order);
        }
        batch.addExpired(due.size());
        return new CommandOutcome.Expired(due.size());
    }

    private BookRecorder recorder(SymbolBook book, Batch batch) {
        return new BookRecorder(book, instruments.get(book.symbol()), calendar, batch);
    }

    private static OrderCode codeOf(RefusalReason reason) {
        return switch (reason) {
            case UNKNOWN_ORDER, DUPLICATE_ORDER -> OrderCode.INVALID_STATE;
            case QUANTITY_NOT_ABOVE_FILLED -> OrderCode.INVALID_QUANTITY;
            case POST_ONLY_WOULD_CROSS -> OrderCode.POST_ONLY_WOULD_CROSS;
        };
    }

    private static void requireKnown(Optional<RefusalReason> refusal, Order order) {
        if (refusal.isPresent()) {
            throw new IllegalStateException("order " + order.id() + " is open, but its book says " + refusal.get());
        }
    }

    private static boolean isStale(Integer expectedLockVersion, Order order) {
        return expectedLockVersion != null
                && expectedLockVersion != order.state().lockVersion();
    }

    private static Order latest(Batch batch, Order before) {
        Order changed = batch.latest(before.id());
        return changed == null ? before : changed;
    }
}
