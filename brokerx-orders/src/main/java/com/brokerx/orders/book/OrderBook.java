package com.brokerx.orders.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 * <p>An order may rest and have a stop price at the same time: one cancels the other. It is one order, so what trades of it at its
 * limit is no longer there for the stop price; when that is reached, it leaves its place and goes on as a market order.
 *
 * <p>Stop orders wake on the price of each trade and enter the market once the order that traded is done, in the order of the
 * trades that woke them and then of their own arrival. What they trade may wake further ones, which queue behind.
 *
 * <p>Not safe for use by several threads.
 */
public final class OrderBook {

    private final String symbol;
    private final OpenOrders orders = new OpenOrders();
    private final Events events = new Events();
    private final MatchingEngine engine = new MatchingEngine(orders, events);
    private final PriceLadder bids = orders.side(Side.BUY);
    private final PriceLadder asks = orders.side(Side.SELL);
    private long sequence;

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
        if (book.bids.best() != null && book.orders.crosses(Side.BUY, book.bids.best().ticks)) {
            throw new IllegalArgumentException("the stored orders of " + symbol + " cross");
        }
        book.orders.raisePriority(state.lastPriority());
        book.engine.resume(state.lastTradeTicks(), state.tradeSequence());
        book.sequence = state.sequence();
        return book;
    }

    /** Carries out the command and hands over, one by one and in order, what happened. */
    public void apply(BookCommand command, Consumer<? super BookEvent> sink) {
        long changesBefore = bids.changes() + asks.changes();
        events.sendTo(sink);
        switch (command) {
            case BookCommand.Place place -> place(place);
            case BookCommand.Cancel cancel -> cancel(cancel);
            case BookCommand.Expire expire -> expire(expire);
            case BookCommand.Replace replace -> replace(replace);
        }
        engine.enterTriggered();
        if (bids.changes() + asks.changes() != changesBefore) {
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
        return engine.lastTradeTicks();
    }

    /** The number of the last trade; 0 while there was none. */
    public long tradeSequence() {
        return engine.tradeSequence();
    }

    /** The highest priority given so far. */
    public long lastPriority() {
        return orders.lastPriority();
    }

    /** Rises by one with each command that changed what rests at any price. */
    public long sequence() {
        return sequence;
    }

    /** An order that rests, or waits for its stop price. */
    public Optional<RestingOrder> openOrder(UUID orderId) {
        return Optional.ofNullable(orders.find(orderId)).map(BookOrder::toRestingOrder);
    }

    /** All that the book remembers, its orders by priority. */
    public BookState state() {
        return new BookState(orders.byPriority(), lastTradeTicks(), tradeSequence(), lastPriority(), sequence);
    }

    private void place(BookCommand.Place command) {
        BookOrder order = new BookOrder(command);
        if (orders.find(order.orderId) != null) {
            events.refused(command, RefusalReason.DUPLICATE_ORDER);
        } else if (order.isStop()) {
            engine.enterStop(order);
        } else if (order.postOnly && orders.crosses(order.side, order.limitTicks)) {
            events.refused(command, RefusalReason.POST_ONLY_WOULD_CROSS);
        } else {
            engine.enter(order);
        }
    }

    private void cancel(BookCommand.Cancel command) {
        BookOrder order = orders.find(command.orderId());
        if (order == null) {
            events.refused(command, RefusalReason.UNKNOWN_ORDER);
        } else {
            orders.remove(order);
            events.cancelled(order, CancelReason.REQUESTED);
        }
    }

    private void expire(BookCommand.Expire command) {
        BookOrder order = orders.find(command.orderId());
        if (order == null) {
            events.refused(command, RefusalReason.UNKNOWN_ORDER);
        } else {
            orders.remove(order);
            events.expired(order);
        }
    }

    private void replace(BookCommand.Replace command) {
        BookOrder order = orders.find(command.orderId());
        if (order == null) {
            events.refused(command, RefusalReason.UNKNOWN_ORDER);
        } else if (command.newTotalQuantity() <= order.filled()) {
            events.refused(command, RefusalReason.QUANTITY_NOT_ABOVE_FILLED);
        } else if (order.postOnly && !order.isStop() && orders.crosses(order.side, command.newLimitTicks())) {
            events.refused(command, RefusalReason.POST_ONLY_WOULD_CROSS);
        } else if (keepsPlace(order, command)) {
            reduceInPlace(order, command);
        } else {
            enterAnew(order, command);
        }
    }

    private static boolean keepsPlace(BookOrder order, BookCommand.Replace command) {
        return command.newTotalQuantity() <= order.totalQuantity
                && command.newLimitTicks() == order.limitTicks
                && command.newTimeInForce() == order.timeInForce
                && newStop(order, command) == order.stopTicks;
    }

    private static long newStop(BookOrder order, BookCommand.Replace command) {
        return order.hasStop() && command.newStopTicks() > 0 ? command.newStopTicks() : order.stopTicks;
    }

    private void reduceInPlace(BookOrder order, BookCommand.Replace command) {
        long less = order.totalQuantity - command.newTotalQuantity();
        order.totalQuantity = command.newTotalQuantity();
        if (less > 0) {
            orders.reduce(order, less);
        }
        events.replaced(order, false);
    }

    private void enterAnew(BookOrder order, BookCommand.Replace command) {
        orders.remove(order);
        order.leaves = command.newTotalQuantity() - order.filled();
        order.totalQuantity = command.newTotalQuantity();
        order.limitTicks = command.newLimitTicks();
        order.timeInForce = command.newTimeInForce();
        order.stopTicks = newStop(order, command);
        orders.losePlace(order);
        events.replaced(order, true);
        if (order.isStop()) {
            engine.enterStop(order);
        } else {
            engine.enter(order);
        }
    }

    private void restore(RestingOrder stored) {
        if (stored.priority() <= orders.lastPriority() || orders.find(stored.orderId()) != null) {
            throw new IllegalArgumentException(
                    "order " + stored.orderId() + " or its place stands twice in the book of " + symbol);
        }
        orders.add(new BookOrder(stored));
        orders.raisePriority(stored.priority());
    }
}
