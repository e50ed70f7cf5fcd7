package com.brokerx.orders.book;

import static com.brokerx.orders.book.BookOrder.NO_PRIORITY;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The book of one symbol: matches by price, then time, at the price of the resting order.
 *
 * <p>Two orders of one client never trade with each other. The one that enters the market is taken for the newer, also when it
 * was replaced or woken just now, and what is left of it is cancelled when the client's own order is next in its way; what it
 * traded before that stands.
 *
 * <p>Stop orders wake on the price of each trade and enter the market once the order that caused the trade is done, in the order
 * of the trades that woke them and then of their own arrival. What they trade may wake further ones.
 *
 * <p>Not safe for use by several threads.
 */
public final class OrderBook {

    private final String symbol;
    private final PriceLadder bids = new PriceLadder(Side.BUY);
    private final PriceLadder asks = new PriceLadder(Side.SELL);
    private final StopOrders stops = new StopOrders();
    private final Map<UUID, BookOrder> openOrders = new HashMap<>();
    private long lastTradeTicks;
    private long tradeSequence;
    private long lastPriority;
    private long sequence;

    /** Where the events of the command in hand go. */
    private Consumer<? super BookEvent> events;

    public OrderBook(String symbol) {
        this.symbol = symbol;
    }

    /**
     * The book that had this state.
     *
     * @throws IllegalArgumentException when the orders cannot have stood in one book: an id or a priority twice, or sides that
     *     cross
     */
    public static OrderBook restore(String symbol, BookState state) {
        OrderBook book = new OrderBook(symbol);
        state.orders().stream()
                .sorted(Comparator.comparingLong(RestingOrder::priority))
                .forEach(book::restore);
        book.requireUncrossed();
        book.bids.forgetChanges();
        book.asks.forgetChanges();
        book.lastTradeTicks = state.lastTradeTicks();
        book.tradeSequence = state.tradeSequence();
        book.lastPriority = Math.max(book.lastPriority, state.lastPriority());
        book.sequence = state.sequence();
        return book;
    }

    /** Carries out the command and hands over, one by one and in order, what happened. */
    public void apply(BookCommand command, Consumer<? super BookEvent> sink) {
        events = sink;
        switch (command) {
            case BookCommand.Place place -> place(place);
            case BookCommand.Cancel cancel -> cancel(cancel);
            case BookCommand.Expire expire -> expire(expire);
            case BookCommand.Replace replace -> replace(replace);
        }
        enterTriggered();
        if (bids.takeTouched() | asks.takeTouched()) {
            sequence++;
        }
    }

    /** Carries out the command and returns what happened, in order. */
    public List<BookEvent> apply(BookCommand command) {
        List<BookEvent> happened = new ArrayList<>();
        apply(command, happened::add);
        return happened;
    }

    public String symbol() {
        return symbol;
    }

    public Optional<DepthLevel> bestBid() {
        return Optional.ofNullable(bids.best()).map(PriceLevel::toDepthLevel);
    }

    public Optional<DepthLevel> bestAsk() {
        return Optional.ofNullable(asks.best()).map(PriceLevel::toDepthLevel);
    }

    /** The best {@code limit} levels of each side. */
    public Depth depth(int limit) {
        return new Depth(bids.depth(limit), asks.depth(limit), sequence);
    }

    /** The price of the last trade; 0 while there was none. */
    public long lastTradeTicks() {
        return lastTradeTicks;
    }

    /** Rises by one with each command that changed what rests at any price. */
    public long sequence() {
        return sequence;
    }

    /**
     * The price levels touched since the last call, bids then asks, each with what rests there now. Call it after each command,
     * or after a batch of them for one update of the whole.
     */
    public List<LevelChange> takeChangedLevels() {
        List<LevelChange> changes = bids.takeChanges();
        changes.addAll(asks.takeChanges());
        return changes;
    }

    /** An order that rests, or waits for its stop price. */
    public Optional<RestingOrder> openOrder(UUID orderId) {
        return Optional.ofNullable(openOrders.get(orderId)).map(BookOrder::toRestingOrder);
    }

    /** All that the book remembers, orders by priority. */
    public BookState state() {
        List<RestingOrder> orders = openOrders.values().stream()
                .map(BookOrder::toRestingOrder)
                .sorted(Comparator.comparingLong(RestingOrder::priority))
                .toList();
        return new BookState(orders, lastTradeTicks, tradeSequence, lastPriority, sequence);
    }

    private void place(BookCommand.Place command) {
        if (openOrders.containsKey(command.orderId())) {
            refuse(command, RefusalReason.DUPLICATE_ORDER);
            return;
        }
        BookOrder order = new BookOrder(command);
        if (order.isStop()) {
            placeStop(order);
        } else if (order.postOnly && crosses(order)) {
            refuse(command, RefusalReason.POST_ONLY_WOULD_CROSS);
        } else {
            enter(order);
        }
    }

    private void placeStop(BookOrder order) {
        if (lastTradeTicks > 0 && order.isTriggeredBy(lastTradeTicks)) {
            trigger(order);
        } else {
            arm(order);
        }
    }

    private void cancel(BookCommand.Cancel command) {
        BookOrder order = openOrders.get(command.orderId());
        if (order == null) {
            refuse(command, RefusalReason.UNKNOWN_ORDER);
            return;
        }
        takeOut(order);
        cancelled(order, CancelReason.REQUESTED);
    }

    private void expire(BookCommand.Expire command) {
        BookOrder order = openOrders.get(command.orderId());
        if (order == null) {
            refuse(command, RefusalReason.UNKNOWN_ORDER);
            return;
        }
        takeOut(order);
        events.accept(new BookEvent.Expired(order.orderId, order.leaves));
    }

    private void replace(BookCommand.Replace command) {
        BookOrder order = openOrders.get(command.orderId());
        if (order == null) {
            refuse(command, RefusalReason.UNKNOWN_ORDER);
        } else if (command.newTotalQuantity() <= order.filled()) {
            refuse(command, RefusalReason.QUANTITY_NOT_ABOVE_FILLED);
        } else if (order.postOnly && !order.isStop() && crosses(order.side, command.newLimitTicks())) {
            refuse(command, RefusalReason.POST_ONLY_WOULD_CROSS);
        } else if (keepsPlace(order, command)) {
            reduceInPlace(order, command);
        } else {
            replaceAnew(order, command);
        }
    }

    private static boolean keepsPlace(BookOrder order, BookCommand.Replace command) {
        return command.newTotalQuantity() <= order.totalQuantity
                && command.newLimitTicks() == order.limitTicks
                && command.newTimeInForce() == order.timeInForce;
    }

    private void reduceInPlace(BookOrder order, BookCommand.Replace command) {
        long less = order.totalQuantity - command.newTotalQuantity();
        order.totalQuantity = command.newTotalQuantity();
        if (order.isStop()) {
            order.leaves -= less;
        } else if (less > 0) {
            ladder(order.side).reduce(order, less);
        }
        replaced(order, false);
    }

    private void replaceAnew(BookOrder order, BookCommand.Replace command) {
        takeOut(order);
        order.leaves = command.newTotalQuantity() - order.filled();
        order.totalQuantity = command.newTotalQuantity();
        order.limitTicks = command.newLimitTicks();
        order.timeInForce = command.newTimeInForce();
        order.priority = ++lastPriority;
        replaced(order, true);
        if (order.isStop()) {
            arm(order);
        } else {
            enter(order);
        }
    }

    private void enterTriggered() {
        for (BookOrder order = stops.pollTriggered(); order != null; order = stops.pollTriggered()) {
            openOrders.remove(order.orderId);
            trigger(order);
        }
    }

    private void trigger(BookOrder order) {
        events.accept(new BookEvent.Triggered(order.orderId, lastTradeTicks));
        order.stopTicks = 0;
        order.priority = NO_PRIORITY;
        if (order.postOnly && crosses(order)) {
            cancelled(order, CancelReason.POST_ONLY_WOULD_CROSS);
        } else {
            enter(order);
        }
    }

    /** An order that stands nowhere in the book meets the other side. */
    private void enter(BookOrder order) {
        if (order.timeInForce == TimeInForce.FOK && !mayFillWhole(order)) {
            return;
        }
        BookOrder ownOrder = match(order);
        if (order.leaves == 0) {
            return;
        }
        if (ownOrder != null) {
            cancelForSelfTrade(order, ownOrder);
        } else if (order.kind == OrderKind.MARKET) {
            cancelled(order, CancelReason.MARKET_REMAINDER);
        } else if (order.timeInForce == TimeInForce.IOC) {
            cancelled(order, CancelReason.IOC_REMAINDER);
        } else {
            rest(order);
        }
    }

    /** Trades until the order is filled, no price suits it, or an order of its own client is next; that one is returned. */
    private BookOrder match(BookOrder taker) {
        PriceLadder makers = ladder(taker.side.opposite());
        while (taker.leaves > 0 && makers.best() != null && taker.accepts(makers.best().ticks)) {
            BookOrder maker = makers.best().first;
            if (maker.isOfSameClientAs(taker)) {
                return maker;
            }
            trade(maker, taker, makers);
        }
        return null;
    }

    private void trade(BookOrder maker, BookOrder taker, PriceLadder makers) {
        long quantity = Math.min(maker.leaves, taker.leaves);
        long ticks = maker.limitTicks;
        taker.leaves -= quantity;
        makers.reduce(maker, quantity);
        if (maker.leaves == 0) {
            openOrders.remove(maker.orderId);
        }
        events.accept(new BookEvent.Traded(
                ++tradeSequence,
                taker.side,
                ticks,
                quantity,
                maker.orderId,
                maker.clientId,
                maker.leaves,
                taker.orderId,
                taker.clientId,
                taker.leaves));
        if (ticks != lastTradeTicks) {
            lastTradeTicks = ticks;
            stops.onTrade(ticks);
        }
    }

    /** Decides about a fill-or-kill order before anything is touched, and cancels it where it cannot trade whole. */
    private boolean mayFillWhole(BookOrder taker) {
        long missing = taker.leaves;
        for (PriceLevel level : ladder(taker.side.opposite()).levels()) {
            if (!taker.accepts(level.ticks)) {
                break;
            }
            for (BookOrder maker = level.first; maker != null; maker = maker.next) {
                if (maker.isOfSameClientAs(taker)) {
                    cancelForSelfTrade(taker, maker);
                    return false;
                }
                missing -= maker.leaves;
                if (missing <= 0) {
                    return true;
                }
            }
        }
        cancelled(taker, CancelReason.FOK_UNFILLABLE);
        return false;
    }

    private boolean crosses(BookOrder order) {
        return crosses(order.side, order.limitTicks);
    }

    private boolean crosses(Side side, long limitTicks) {
        PriceLevel best = ladder(side.opposite()).best();
        return best != null && side.accepts(limitTicks, best.ticks);
    }

    private void rest(BookOrder order) {
        if (order.priority == NO_PRIORITY) {
            order.priority = ++lastPriority;
        }
        ladder(order.side).add(order);
        openOrders.put(order.orderId, order);
        events.accept(new BookEvent.Rested(order.orderId, order.leaves, order.priority));
    }

    private void arm(BookOrder order) {
        if (order.priority == NO_PRIORITY) {
            order.priority = ++lastPriority;
        }
        stops.add(order);
        openOrders.put(order.orderId, order);
        events.accept(new BookEvent.StopArmed(order.orderId, order.leaves, order.priority));
    }

    private void takeOut(BookOrder order) {
        openOrders.remove(order.orderId);
        if (order.isStop()) {
            stops.remove(order);
        } else {
            ladder(order.side).remove(order);
        }
    }

    private void cancelForSelfTrade(BookOrder order, BookOrder ownOrder) {
        events.accept(new BookEvent.SelfTradePrevented(
                order.orderId, ownOrder.orderId, ownOrder.limitTicks, Math.min(order.leaves, ownOrder.leaves)));
        cancelled(order, CancelReason.SELF_TRADE);
    }

    private void cancelled(BookOrder order, CancelReason reason) {
        events.accept(new BookEvent.Cancelled(order.orderId, order.leaves, reason));
    }

    private void replaced(BookOrder order, boolean lostPriority) {
        events.accept(new BookEvent.Replaced(
                order.orderId,
                order.totalQuantity,
                order.leaves,
                order.limitTicks,
                order.timeInForce,
                order.priority,
                lostPriority));
    }

    private void refuse(BookCommand command, RefusalReason reason) {
        events.accept(new BookEvent.Refused(command.orderId(), reason));
    }

    private PriceLadder ladder(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    private void restore(RestingOrder stored) {
        if (stored.priority() <= lastPriority) {
            throw new IllegalArgumentException(
                    "priority " + stored.priority() + " stands twice in the book of " + symbol);
        }
        BookOrder order = new BookOrder(stored);
        if (openOrders.put(order.orderId, order) != null) {
            throw new IllegalArgumentException("order " + order.orderId + " stands twice in the book of " + symbol);
        }
        if (order.isStop()) {
            stops.add(order);
        } else {
            ladder(order.side).add(order);
        }
        lastPriority = order.priority;
    }

    private void requireUncrossed() {
        if (bids.best() != null && crosses(Side.BUY, bids.best().ticks)) {
            throw new IllegalArgumentException("the stored orders of " + symbol + " cross");
        }
    }
}
