package com.brokerx.orders.market;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;

/**
 * An instrument that is listed when the service first starts; one that exists already stays as it is.
 *
 * @param currency USD if left out
 * @param tickSize 0.01 if left out
 * @param lotSize 1 if left out
 * @param referencePrice what it is worth as long as nobody has traded it
 * @param priceBandPercent how far a limit may lie from the last price; 20 if left out
 * @param maximumNotional price × quantity of one order at most, in its currency; only the service's own limit if left
 *     out
 * @param maximumOpenOrders that a client may have in this book at once; no limit if left out
 * @param simulated whether the simulated market quotes it; true if left out
 */
public record InstrumentSettings(
        @NotBlank @Pattern(regexp = "[A-Z][A-Z0-9.]{0,11}") String symbol,
        @NotBlank String name,
        String currency,
        @DecimalMin("0.0001") BigDecimal tickSize,
        @Min(1) Long lotSize,
        @NotNull BigDecimal referencePrice,
        @DecimalMin("0.01") BigDecimal priceBandPercent,
        @DecimalMin("0.01") BigDecimal maximumNotional,
        @Min(1) Integer maximumOpenOrders,
        Boolean simulated) {

    public InstrumentSettings {
        currency = currency == null ? "USD" : currency;
        tickSize = tickSize == null ? new BigDecimal("0.01") : tickSize;
        lotSize = lotSize == null ? 1L : lotSize;
        priceBandPercent = priceBandPercent == null ? BigDecimal.valueOf(20) : priceBandPercent;
        simulated = simulated == null || simulated;
    }
}
