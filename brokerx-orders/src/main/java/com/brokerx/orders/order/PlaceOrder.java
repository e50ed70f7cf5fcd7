package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;

/**
 * What a client wants to buy or sell. The body of a request may also have all of it under {@code order}.
 *
 * @param price limit orders only
 * @param timeInForce DAY if left out
 * @param clientOrderId the client's own name for the order; the same one again does not place a second order
 */
@Schema(description = "The fields may also stand under one field `order`.")
public record PlaceOrder(
        @NotNull String symbol,
        @NotNull Direction direction,
        @NotNull OrderType orderType,
        @NotNull Long quantity,
        @Schema(type = "string", example = "175.00") BigDecimal price,
        TimeInForce timeInForce,

        @Pattern(regexp = "[\\x20-\\x7e]{1,128}", message = "has to have 1 to 128 printable characters")
        String clientOrderId) {

    @JsonCreator
    static PlaceOrder read(
            @JsonProperty("order") PlaceOrder order,
            @JsonProperty("symbol") String symbol,
            @JsonProperty("direction") Direction direction,
            @JsonProperty("order_type") OrderType orderType,
            @JsonProperty("quantity") Long quantity,
            @JsonProperty("price") BigDecimal price,
            @JsonProperty("time_in_force") TimeInForce timeInForce,
            @JsonProperty("client_order_id") String clientOrderId) {
        PlaceOrder flat = new PlaceOrder(symbol, direction, orderType, quantity, price, timeInForce, clientOrderId);
        if (order == null) {
            return flat;
        }
        if (!flat.equals(new PlaceOrder(null, null, null, null, null, null, null))) {
            throw new IllegalArgumentException("has to be either flat or under order, not both");
        }
        return order;
    }

    /** The same request, however its numbers were written; what a key stands for. */
    PlaceOrder normalized() {
        return new PlaceOrder(
                symbol,
                direction,
                orderType,
                quantity,
                price == null ? null : price.stripTrailingZeros(),
                timeInForceOrDay(),
                clientOrderId);
    }

    TimeInForce timeInForceOrDay() {
        return timeInForce == null ? TimeInForce.DAY : timeInForce;
    }
}
