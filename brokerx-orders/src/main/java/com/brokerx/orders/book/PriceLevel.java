package com.brokerx.orders.book;

/** The orders at one price, first come first; links run through the orders, so that one leaves from the middle at no cost. */
final class PriceLevel {

    final long ticks;
    BookOrder first;
    private BookOrder last;
    private long quantity;
    private int orders;

    PriceLevel(long ticks) {
        this.ticks = ticks;
    }

    long quantity() {
        return quantity;
    }

    boolean isEmpty() {
        return first == null;
    }

    void append(BookOrder order) {
        order.level = this;
        order.previous = last;
        if (last == null) {
            first = order;
        } else {
            last.next = order;
        }
        last = order;
        quantity += order.leaves;
        orders++;
    }

    void remove(BookOrder order) {
        if (order.previous == null) {
            first = order.next;
        } else {
            order.previous.next = order.next;
        }
        if (order.next == null) {
            last = order.previous;
        } else {
            order.next.previous = order.previous;
        }
        order.level = null;
        order.previous = null;
        order.next = null;
        quantity -= order.leaves;
        orders--;
    }

    void reduce(BookOrder order, long by) {
        order.leaves -= by;
        quantity -= by;
    }

    DepthLevel toDepthLevel() {
        return new DepthLevel(ticks, quantity, orders);
    }
}
