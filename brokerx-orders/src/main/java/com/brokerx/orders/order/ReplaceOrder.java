package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/**
 * What a client wants to change about an order; what is left out stays.
 *
 * @param quantity the new total, what is filled included
 * @param clientVersion the order's {@code lock_version} as the client knows it: the change is refused if it is out of date
 */
public record ReplaceOrder(
        Long quantity,
        @Schema(type = "string", example = "175.00") BigDecimal price,
        TimeInForce timeInForce,
        Integer clientVersion) {}
