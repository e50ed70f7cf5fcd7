package com.brokerx.orders.stream;

import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.PublicTrade;
import com.brokerx.orders.trade.Trade;

/**
 * A trade on the public tape.
 *
 * @param sequence numbers the symbol's trades from 1 without a gap
 */
record TapeEntry(long sequence, PublicTrade trade) {

    static TapeEntry of(Trade trade, Instrument instrument) {
        return new TapeEntry(trade.sequence(), PublicTrade.of(trade, instrument));
    }
}
