package com.brokerx.portfolios;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.facades.events.TradeExecuted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes events as the orders service would. */
public final class Market {

    private static final AtomicLong SEQUENCE = new AtomicLong();

    private Market() {}

    /** One side of a trade at version 1 that leaves the order's limit as it was. */
    public static TradeExecuted.Leg leg(UUID order, UUID client, String authorizedAfter, String settledAfter) {
        return leg(order, client, "0.00", 1, authorizedAfter, settledAfter);
    }

    public static TradeExecuted.Leg leg(
            UUID order, UUID client, String fee, int version, String authorizedAfter, String settledAfter) {
        return new TradeExecuted.Leg(
                order,
                client,
                new BigDecimal(fee),
                version,
                new BigDecimal(authorizedAfter),
                new BigDecimal(settledAfter),
                false);
    }

    /** The same side of a trade that fills its order. */
    public static TradeExecuted.Leg filling(TradeExecuted.Leg leg) {
        return new TradeExecuted.Leg(
                leg.orderId(), leg.clientId(), leg.fee(), leg.version(), leg.settledAfter(), leg.settledAfter(), true);
    }

    public static TradeExecuted trade(
            String symbol, String price, long quantity, TradeExecuted.Leg buy, TradeExecuted.Leg sell) {
        return trade("USD", symbol, price, quantity, buy, sell);
    }

    public static TradeExecuted trade(
            String currency,
            String symbol,
            String price,
            long quantity,
            TradeExecuted.Leg buy,
            TradeExecuted.Leg sell) {
        BigDecimal each = new BigDecimal(price);
        return new TradeExecuted(
                Ids.next(),
                symbol,
                SEQUENCE.incrementAndGet(),
                each,
                quantity,
                each.multiply(BigDecimal.valueOf(quantity)),
                currency,
                buy,
                sell,
                Instant.now());
    }

    public static OrderClosed closed(UUID order, UUID client, String asset, String settledTotal) {
        return new OrderClosed(order, client, "AAPL", asset, new BigDecimal(settledTotal), "cancelled");
    }
}
