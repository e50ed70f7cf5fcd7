package com.brokerx.orders.book;

import java.util.List;

/**
 * All that a book remembers. {@link OrderBook#restore} makes the same book of it, whatever the order of the list.
 *
 * @param orders the open orders, untriggered stop orders among them
 * @param lastTradeTicks the price of the last trade; 0 where there was none
 * @param tradeSequence the number of the last trade
 * @param lastPriority the highest priority ever given; one that is higher among the orders counts instead
 * @param sequence see {@link OrderBook#sequence()}
 */
public record BookState(
        List<RestingOrder> orders, long lastTradeTicks, long tradeSequence, long lastPriority, long sequence) {
    public BookState {
        orders = List.copyOf(orders);
    }
}
