package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a client wants to change about an order; what is left out stays.
 *
 * @param quantity the new total, what is filled included
 * @param stopPrice as long as the order waits for it
 * @param expiresAt goes with GTD
 * @param clientVersion the order's {@code lock_version} as the client knows it: the change is refused if it is out of date
 */
public record ReplaceOrder(
        Long quantity,
        @Schema(type = "string", example = "175.00") BigDecimal price,
        @Schema(type = "string", example = "170.00") BigDecimal stopPrice,
        TimeInForce timeInForce,
        Instant expiresAt,
        Integer clientVersion) {

    /** Another quantity and price; all else stays. */
    public static ReplaceOrder to(long quantity, BigDecimal price) {
        return new ReplaceOrder(quantity, price, null, null, null, null);
    }
}
