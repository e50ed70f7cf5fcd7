package com.brokerx.orders.order;

import com.brokerx.orders.book.TimeInForce;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a client wants to buy or sell. The body of a request may also have all of it under {@code order}.
 *
 * @param price limit, stop-limit and OCO orders only
 * @param stopPrice stop, stop-limit and OCO orders only: the trade price that wakes them
 * @param timeInForce DAY if left out
 * @param expiresAt GTD only
 * @param postOnly refuse the order rather than let it trade at once; false if left out
 * @param clientOrderId the client's own name for the order; the same one again does not place a second order
 */
@Schema(description = "The fields may also stand under one field `order`.")
public record PlaceOrder(
        @NotNull String symbol,
        @NotNull Direction direction,
        @NotNull OrderType orderType,
        @NotNull Long quantity,

        @Schema(type = "string", example = "175.00", description = "`limit`, `stop_limit` and `oco` only")
        BigDecimal price,

        @Schema(
                type = "string",
                example = "170.00",
                description =
                        "`stop`, `stop_limit` and `oco` only: the trade price that wakes the order, at or above it for a buy,"
                                + " at or below it for a sell")
        BigDecimal stopPrice,

        @Schema(description = "DAY if left out") TimeInForce timeInForce,
        @Schema(description = "GTD only") Instant expiresAt,

        @Schema(description = "refuse the order rather than let it trade at once; limit orders that may rest")
        Boolean postOnly,

        @Pattern(regexp = "[\\x20-\\x7e]{1,128}", message = "has to have 1 to 128 printable characters")
        String clientOrderId) {

    private static final PlaceOrder NOTHING =
            new PlaceOrder(null, null, null, null, null, null, null, null, null, null);

    /** An ordinary limit order without a name. */
    public static PlaceOrder limit(
            String symbol, Direction direction, long quantity, BigDecimal price, TimeInForce timeInForce) {
        return new PlaceOrder(symbol, direction, OrderType.LIMIT, quantity, price, null, timeInForce, null, null, null);
    }

    @JsonCreator
    static PlaceOrder read(
            @JsonProperty("order") PlaceOrder order,
            @JsonProperty("symbol") String symbol,
            @JsonProperty("direction") Direction direction,
            @JsonProperty("order_type") OrderType orderType,
            @JsonProperty("quantity") Long quantity,
            @JsonProperty("price") BigDecimal price,
            @JsonProperty("stop_price") BigDecimal stopPrice,
            @JsonProperty("time_in_force") TimeInForce timeInForce,
            @JsonProperty("expires_at") Instant expiresAt,
            @JsonProperty("post_only") Boolean postOnly,
            @JsonProperty("client_order_id") String clientOrderId) {
        PlaceOrder flat = new PlaceOrder(
                symbol,
                direction,
                orderType,
                quantity,
                price,
                stopPrice,
                timeInForce,
                expiresAt,
                postOnly,
                clientOrderId);
        if (order == null) {
            return flat;
        }
        if (!flat.equals(NOTHING)) {
            throw new IllegalArgumentException("has to be either flat or under order, not both");
        }
        return order;
    }

    /** The same request, however it was written; what a key stands for. */
    PlaceOrder normalized() {
        return new PlaceOrder(
                symbol,
                direction,
                orderType,
                quantity,
                stripped(price),
                stripped(stopPrice),
                timeInForceOrDay(),
                expiresAt,
                isPostOnly(),
                clientOrderId);
    }

    private static BigDecimal stripped(BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros();
    }

    TimeInForce timeInForceOrDay() {
        return timeInForce == null ? TimeInForce.DAY : timeInForce;
    }

    boolean isPostOnly() {
        return Boolean.TRUE.equals(postOnly);
    }
}
