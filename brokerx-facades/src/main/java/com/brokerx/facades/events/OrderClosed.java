package com.brokerx.facades.events;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * An order has ended in another way than by being filled, which its last trade says itself, and will never trade again: its hold
 * is what trades in flight still need, and then nothing. Also sent for an order whose
 * reservation is in doubt (refused, timed out, never asked): closing what was never reserved keeps a late reservation from
 * taking hold.
 *
 * @param symbol also the aggregate, shared with {@link TradeExecuted}
 * @param asset what the order reserved: a currency for a buy, the symbol for a sell
 * @param settledTotal what the order spent over its whole life, in units of {@code asset}, fees of a buy included
 * @param status the order's last: {@code cancelled}, {@code expired}, {@code rejected}
 */
@EventType("order.closed")
public record OrderClosed(
        UUID orderId, UUID clientId, String symbol, String asset, BigDecimal settledTotal, String status)
        implements DomainEvent {

    @Override
    public String aggregate() {
        return symbol;
    }
}
