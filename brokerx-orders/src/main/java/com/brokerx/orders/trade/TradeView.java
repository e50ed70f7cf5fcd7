package com.brokerx.orders.trade;

import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.Direction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A client's side of a trade.
 *
 * @param id the same for buyer and seller
 * @param total price × quantity, without the fee
 * @param liquidity {@code maker} if the order was resting, {@code taker} if it came last
 */
@Schema(name = "Trade")
record TradeView(
        UUID id,
        UUID orderId,
        String symbol,
        Direction direction,
        long quantity,
        BigDecimal price,
        BigDecimal total,
        BigDecimal fee,
        String liquidity,
        Instant executedAt) {

    static TradeView of(Execution execution, Instruments instruments) {
        Instrument instrument = instruments.get(execution.order().symbol());
        Execution.Fill fill = execution.fill();
        return new TradeView(
                fill.tradeId(),
                execution.order().id(),
                execution.order().symbol(),
                execution.order().ticket().direction(),
                fill.quantity(),
                instrument.toPrice(fill.ticks()),
                instrument.toMoney(instrument.cost(fill.ticks(), fill.quantity())),
                instrument.toMoney(fill.fee()),
                fill.maker() ? "maker" : "taker",
                execution.createdAt());
    }
}
