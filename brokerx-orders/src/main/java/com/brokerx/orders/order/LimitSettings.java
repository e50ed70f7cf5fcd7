package com.brokerx.orders.order;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;

/**
 * What one order, one client, and all clients together may be up to.
 *
 * @param maximumQuantity shares in one order; 1,000,000,000 if left out
 * @param maximumNotional price × quantity of one order, in its currency; 1,000,000,000.00 if left out
 * @param maximumOpenOrders orders that a client may have in books at once; no limit if left out
 * @param maximumConcurrentRequests that a client may have under way at one instance, to place or replace orders, and as many to cancel
 *     them; 128 if left out, half of what goes into one transaction
 * @param maximumOpenOrdersOfAll orders of all clients that may be open at once, in all books together: an instance whose neighbours
 *     fail keeps all of them in memory, 680 bytes each; 300,000 if left out, which is what a heap of 512 MB has room for
 * @param marketOrderCollarPercent how far from the best price a market order may trade, and from its stop price a stop order; 5 if
 *     left out
 * @param longestLife how far ahead a GTD order may expire; 365 days if left out
 */
public record LimitSettings(
        @Min(1) @Max(1_000_000_000_000L) Long maximumQuantity,
        @DecimalMin("1") @DecimalMax("1000000000000") BigDecimal maximumNotional,
        @Min(1) Integer maximumOpenOrders,
        @Min(1) Integer maximumConcurrentRequests,
        @Min(1) Integer maximumOpenOrdersOfAll,
        @DecimalMin("0") BigDecimal marketOrderCollarPercent,
        Duration longestLife) {

    public static final LimitSettings DEFAULT = new LimitSettings(null, null, null, null, null, null, null);

    public LimitSettings {
        maximumQuantity = maximumQuantity == null ? 1_000_000_000L : maximumQuantity;
        maximumNotional = maximumNotional == null ? BigDecimal.valueOf(1_000_000_000L) : maximumNotional;
        maximumConcurrentRequests = maximumConcurrentRequests == null ? 128 : maximumConcurrentRequests;
        maximumOpenOrdersOfAll = maximumOpenOrdersOfAll == null ? 300_000 : maximumOpenOrdersOfAll;
        marketOrderCollarPercent = marketOrderCollarPercent == null ? BigDecimal.valueOf(5) : marketOrderCollarPercent;
        longestLife = longestLife == null ? Duration.days(365) : longestLife;
    }
}
