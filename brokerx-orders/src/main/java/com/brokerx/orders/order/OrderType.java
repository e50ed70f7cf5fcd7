package com.brokerx.orders.order;

import com.brokerx.orders.book.OrderKind;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an order says at which price it may trade. */
public enum OrderType {
    /** At the best price there is, within a collar. */
    MARKET(OrderKind.MARKET),
    /** At its own price or better. */
    LIMIT(OrderKind.LIMIT);

    private final OrderKind kind;

    OrderType(OrderKind kind) {
        this.kind = kind;
    }

    public OrderKind kind() {
        return kind;
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
            default -> throw new IllegalArgumentException("has to be market or limit");
        };
    }
}
