/**
 * The order book of one symbol: commands in, events out. Pure code that knows no database, network, clock or log, so that
 * the same commands in the same order give the same trades everywhere and for ever.
 *
 * <p>Prices are whole ticks and quantities whole units, both {@code long}. An {@link com.brokerx.orders.book.OrderBook}
 * belongs to one thread.
 */
package com.brokerx.orders.book;
