package com.brokerx.orders.order;

import com.brokerx.orders.book.Side;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an order wants. */
public enum Direction {
    BUY(Side.BUY),
    SELL(Side.SELL);

    private final Side side;

    Direction(Side side) {
        this.side = side;
    }

    public Side side() {
        return side;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Direction of(String wireName) {
        return switch (wireName) {
            case "buy" -> BUY;
            case "sell" -> SELL;
            default -> throw new IllegalArgumentException("has to be buy or sell");
        };
    }
}
