package com.brokerx.orders.order;

import com.brokerx.orders.book.OrderKind;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an order says when, and at which price, it may trade. */
public enum OrderType {
    /** At once, at the best price there is, within a collar. */
    MARKET(OrderKind.MARKET),
    /** At its own price or better. */
    LIMIT(OrderKind.LIMIT),
    /** A market order that waits until a trade reaches its stop price. */
    STOP(OrderKind.MARKET),
    /** A limit order that waits until a trade reaches its stop price. */
    STOP_LIMIT(OrderKind.LIMIT),
    /** A limit order that turns into a market order when a trade reaches its stop price: one cancels the other. */
    OCO(OrderKind.LIMIT);

    private final OrderKind kind;

    OrderType(OrderKind kind) {
        this.kind = kind;
    }

    public OrderKind kind() {
        return kind;
    }

    /** Whether it names the price at which it may trade; the limit of any other is a collar. */
    public boolean hasPrice() {
        return kind == OrderKind.LIMIT;
    }

    public boolean hasStopPrice() {
        return waits() || this == OCO;
    }

    /** Whether it stands in the market only from its stop price on. */
    boolean waits() {
        return this == STOP || this == STOP_LIMIT;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static OrderType of(String wireName) {
        return switch (wireName) {
            case "market" -> MARKET;
            case "limit" -> LIMIT;
            case "stop" -> STOP;
            case "stop_limit" -> STOP_LIMIT;
            case "oco" -> OCO;
            default -> throw new IllegalArgumentException("has to be market, limit, stop, stop_limit or oco");
        };
    }
}
