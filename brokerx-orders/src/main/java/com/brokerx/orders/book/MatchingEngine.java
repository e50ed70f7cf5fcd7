package com.brokerx.orders.book;

/** What happens to an order that enters the market, and to the stop orders that its trades wake. */
final class MatchingEngine {

    private final OpenOrders orders;
    private final Events events;
    private long lastTradeTicks;
    private long tradeSequence;

    MatchingEngine(OpenOrders orders, Events events) {
        this.orders = orders;
        this.events = events;
    }

    void resume(long lastTicks, long lastSequence) {
        lastTradeTicks = lastTicks;
        tradeSequence = lastSequence;
    }

    long lastTradeTicks() {
        return lastTradeTicks;
    }

    long tradeSequence() {
        return tradeSequence;
    }

    /** An order that has no place in the book meets the other side, and rests or ends. */
    void enter(BookOrder order) {
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
            events.cancelled(order, CancelReason.MARKET_REMAINDER);
        } else if (order.timeInForce == TimeInForce.IOC) {
            events.cancelled(order, CancelReason.IOC_REMAINDER);
        } else {
            orders.add(order);
            events.rested(order);
            wakeIfReached(order);
        }
    }

    /** Lets a stop order wait for its price, unless the last trade has reached it already. */
    void enterStop(BookOrder order) {
        orders.add(order);
        events.stopArmed(order);
        wakeIfReached(order);
    }

    /** The others have seen the last trade already. */
    private void wakeIfReached(BookOrder order) {
        if (order.hasStop() && lastTradeTicks > 0) {
            orders.stops().onTrade(lastTradeTicks);
        }
    }

    /** Lets the woken stop orders enter, one after the other, and those that they wake, until none is left. */
    void enterTriggered() {
        for (BookOrder order = orders.pollTriggered(); order != null; order = orders.pollTriggered()) {
            events.triggered(order);
            if (order.postOnly && orders.crosses(order.side, order.limitTicks)) {
                events.cancelled(order, CancelReason.POST_ONLY_WOULD_CROSS);
            } else {
                enter(order);
            }
        }
    }

    /** Trades until the order is filled, no price suits it, or an order of its own client is next; that one is returned. */
    private BookOrder match(BookOrder taker) {
        PriceLadder makers = orders.side(taker.side.opposite());
        while (taker.leaves > 0 && makers.best() != null && taker.accepts(makers.best().ticks)) {
            BookOrder maker = makers.best().first;
            if (maker.isOfSameClientAs(taker)) {
                return maker;
            }
            trade(maker, taker);
        }
        return null;
    }

    private void trade(BookOrder maker, BookOrder taker) {
        long quantity = Math.min(maker.leaves, taker.leaves);
        orders.reduce(maker, quantity);
        taker.leaves -= quantity;
        tradeSequence++;
        events.traded(tradeSequence, maker, taker, quantity);
        if (maker.limitTicks != lastTradeTicks) {
            lastTradeTicks = maker.limitTicks;
            orders.stops().onTrade(lastTradeTicks);
        }
    }

    /** Decides about a fill-or-kill order before anything is touched, and cancels it where it cannot trade whole. */
    private boolean mayFillWhole(BookOrder taker) {
        long missing = taker.leaves;
        for (PriceLevel level : orders.side(taker.side.opposite()).levels()) {
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
        events.cancelled(taker, CancelReason.FOK_UNFILLABLE);
        return false;
    }

    private void cancelForSelfTrade(BookOrder order, BookOrder ownOrder) {
        events.selfTradePrevented(order, ownOrder);
        events.cancelled(order, CancelReason.SELF_TRADE);
    }
}
