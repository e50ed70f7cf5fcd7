package com.brokerx.orders.book;

import java.util.function.Consumer;

/** Tells what happens to orders, as events, to whoever sent the command in hand. */
final class Events {

    private Consumer<? super BookEvent> sink = event -> {};

    void sendTo(Consumer<? super BookEvent> receiver) {
        sink = receiver;
    }

    void rested(BookOrder order) {
        sink.accept(new BookEvent.Rested(order.orderId, order.leaves, order.priority));
    }

    void stopArmed(BookOrder order) {
        sink.accept(new BookEvent.StopArmed(order.orderId, order.leaves, order.priority));
    }

    void triggered(BookOrder order) {
        sink.accept(new BookEvent.Triggered(order.orderId));
    }

    void traded(long tradeSequence, BookOrder maker, BookOrder taker, long quantity) {
        sink.accept(new BookEvent.Traded(
                tradeSequence,
                taker.side,
                maker.limitTicks,
                quantity,
                maker.orderId,
                maker.clientId,
                maker.leaves,
                taker.orderId,
                taker.clientId,
                taker.leaves));
    }

    void selfTradePrevented(BookOrder order, BookOrder resting) {
        long quantity = Math.min(order.leaves, resting.leaves);
        sink.accept(new BookEvent.SelfTradePrevented(order.orderId, resting.orderId, resting.limitTicks, quantity));
    }

    void cancelled(BookOrder order, CancelReason reason) {
        sink.accept(new BookEvent.Cancelled(order.orderId, order.leaves, reason));
    }

    void expired(BookOrder order) {
        sink.accept(new BookEvent.Expired(order.orderId, order.leaves));
    }

    void replaced(BookOrder order, boolean lostPriority) {
        sink.accept(new BookEvent.Replaced(
                order.orderId,
                order.totalQuantity,
                order.leaves,
                order.limitTicks,
                order.timeInForce,
                order.stopTicks,
                order.priority,
                lostPriority));
    }

    void refused(BookCommand command, RefusalReason reason) {
        sink.accept(new BookEvent.Refused(command.orderId(), reason));
    }
}
