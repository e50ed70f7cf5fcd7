package com.brokerx.orders.market;

import com.brokerx.orders.trade.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A trade as everybody may see it. */
public record PublicTrade(UUID id, BigDecimal price, long quantity, String takerDirection, Instant executedAt) {

    public static PublicTrade of(Trade trade, Instrument instrument) {
        return new PublicTrade(
                trade.id(),
                instrument.toPrice(trade.priceTicks()),
                trade.quantity(),
                trade.taker().name().toLowerCase(Locale.ROOT),
                trade.executedAt());
    }
}
