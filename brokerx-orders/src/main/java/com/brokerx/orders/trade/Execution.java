package com.brokerx.orders.trade;

import com.brokerx.commons.id.Ids;
import com.brokerx.orders.order.Order;
import java.time.Instant;
import java.util.UUID;

/**
 * One entry of a client's event log: what happened, and how the order stood after it.
 *
 * @param clientSequence numbers the client's log from 1 without a gap; 0 as long as the entry is not stored
 * @param fill null where nothing was traded
 * @param text for people to read; null where there is nothing to add
 */
public record Execution(
        UUID id, long clientSequence, Order order, ReportType type, Fill fill, String text, Instant createdAt) {

    /**
     * One side of a trade.
     *
     * @param fee what this side pays, in the currency's smallest unit
     * @param maker whether the order was resting when the trade came
     */
    public record Fill(UUID tradeId, long quantity, long ticks, long fee, boolean maker) {}

    public static Execution of(Order after, ReportType type, String text, Instant at) {
        return new Execution(Ids.next(), 0, after, type, null, text, at);
    }

    public static Execution ofFill(Order after, Fill fill, Instant at) {
        ReportType type = after.state().leaves() == 0 ? ReportType.FILL : ReportType.PARTIAL_FILL;
        return new Execution(Ids.next(), 0, after, type, fill, null, at);
    }

    Execution numbered(long sequence) {
        return new Execution(id, sequence, order, type, fill, text, createdAt);
    }
}
