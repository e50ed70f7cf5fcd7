package com.brokerx.portfolios.position;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Shares of one symbol in a portfolio.
 *
 * @param available shares that may be sold
 * @param held shares that open sell orders may still need
 * @param cost what they cost, in the smallest unit of the portfolio's currency
 * @param scale decimals of that currency
 * @param price of a share in the last settled trade, null where there was none in this currency
 */
public record Position(
        String symbol,
        long available,
        long held,
        long cost,
        long realizedPnl,
        String currency,
        int scale,
        BigDecimal price) {

    /** What a caller sees; what depends on a price is null until there is one. */
    public record View(
            String symbol,
            long quantity,
            long availableQuantity,
            long reservedQuantity,
            BigDecimal averageCost,
            BigDecimal marketValue,
            BigDecimal unrealizedPnl,
            BigDecimal realizedPnl,
            String currency) {}

    View view() {
        long quantity = Math.addExact(available, held);
        BigDecimal paid = BigDecimal.valueOf(cost, scale);
        BigDecimal value = price == null
                ? null
                : price.multiply(BigDecimal.valueOf(quantity)).setScale(scale, RoundingMode.HALF_UP);
        return new View(
                symbol,
                quantity,
                available,
                held,
                quantity == 0 ? null : paid.divide(BigDecimal.valueOf(quantity), scale, RoundingMode.HALF_UP),
                value,
                value == null ? null : value.subtract(paid),
                BigDecimal.valueOf(realizedPnl, scale),
                currency);
    }
}
