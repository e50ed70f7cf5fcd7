package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import com.brokerx.orders.market.Instrument;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/**
 * What an agent sees of a symbol.
 *
 * @param lastTicks the last price; the reference price where nobody has traded
 * @param own the agent's orders in the book
 * @param inventory the shares that it has bought since it came, less those that it has sold
 */
record MarketView(
        Instrument instrument,
        long lastTicks,
        OptionalLong bestBid,
        OptionalLong bestAsk,
        List<OwnOrder> own,
        long inventory) {

    /** The lowest price that orders may have at present. */
    long lowest() {
        return Math.max(1, lastTicks - bandWidth());
    }

    /** The highest price that orders may have at present. */
    long highest() {
        return lastTicks + bandWidth();
    }

    /** The price at which an order of this side would trade at once. */
    OptionalLong bestFor(Side side) {
        return side == Side.BUY ? bestAsk : bestBid;
    }

    /** Half way between the best prices; the last price where one of them is missing. */
    double middle() {
        return bestBid.isPresent() && bestAsk.isPresent()
                ? (bestBid.getAsLong() + bestAsk.getAsLong()) / 2.0
                : lastTicks;
    }

    private long bandWidth() {
        return instrument
                .priceBandPercent()
                .movePointLeft(2)
                .multiply(BigDecimal.valueOf(lastTicks))
                .longValue();
    }
}
