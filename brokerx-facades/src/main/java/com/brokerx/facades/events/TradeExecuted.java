package com.brokerx.facades.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A buyer and a seller met in the book: cash and shares change hands. Settling it moves {@code total} from the buyer's hold to the
 * seller, {@code quantity} shares the other way, and each side's fee to the house.
 *
 * @param tradeId the same for both sides
 * @param symbol what was traded; also the aggregate, so that a symbol's trades and closings arrive in order
 * @param sequence counts the trades of the symbol, from 1, without a gap
 * @param price a share, in {@code currency}
 * @param quantity shares
 * @param total price × quantity, rounded half up to the currency's scale; exact for both sides
 */
@EventType("trade.executed")
public record TradeExecuted(
        UUID tradeId,
        String symbol,
        long sequence,
        BigDecimal price,
        long quantity,
        BigDecimal total,
        String currency,
        Leg buy,
        Leg sell,
        Instant executedAt)
        implements DomainEvent {

    /**
     * One side of the trade. The state after it makes the event declarative: a hold can be set right whatever came before or
     * comes late.
     *
     * @param fee what this side pays to the house, in the trade's currency; in the buyer's case on top of the total and out of
     *     the hold, in the seller's out of the proceeds
     * @param version the reservation's version that the order stood at when it traded
     * @param authorizedAfter the most that the order may ever spend from now on, what it has spent included (cash with expected
     *     fees for a buy, shares for a sell); holds as long as the reservation is at {@code version}
     * @param settledAfter what the order has spent with this trade and all before
     * @param filled whether the trade has filled the order, which ends it: {@link OrderClosed} goes out only for orders that end in another
     *     way. Left out by earlier versions, which sent it for these too
     */
    public record Leg(
            UUID orderId,
            UUID clientId,
            BigDecimal fee,
            int version,
            BigDecimal authorizedAfter,
            BigDecimal settledAfter,
            Boolean filled) {
        public Leg {
            filled = filled != null && filled;
        }
    }

    @Override
    public String aggregate() {
        return symbol;
    }
}
