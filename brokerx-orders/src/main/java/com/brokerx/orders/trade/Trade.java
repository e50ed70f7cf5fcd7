package com.brokerx.orders.trade;

import com.brokerx.orders.book.Side;
import java.time.Instant;
import java.util.UUID;

/**
 * A buyer and a seller met.
 *
 * @param sequence numbers the trades of the symbol from 1 without a gap
 * @param taker the side that came last
 */
public record Trade(
        UUID id,
        String symbol,
        long sequence,
        long priceTicks,
        long quantity,
        Party buyer,
        Party seller,
        Side taker,
        Instant executedAt) {

    /**
     * One side of the trade.
     *
     * @param fee in the currency's smallest unit
     */
    public record Party(UUID orderId, UUID clientId, long fee) {}
}
