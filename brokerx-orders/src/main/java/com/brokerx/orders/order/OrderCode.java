package com.brokerx.orders.order;

import com.brokerx.commons.problem.Code;
import java.util.Locale;

/** Why the orders service refuses something. */
public enum OrderCode implements Code {
    UNKNOWN_SYMBOL("There is no such symbol"),
    INVALID_QUANTITY("The quantity is not possible"),
    INVALID_PRICE("The price is not possible"),
    PRICE_OFF_TICK("The price lies between two ticks"),
    INVALID_STOP_PRICE("The stop price is not possible"),
    INVALID_TIME_IN_FORCE("The time in force does not go with the order"),
    INVALID_EXPIRY("The time of expiry is not possible"),
    INVALID_ORDER_TYPE("The order type does not go with the order"),
    INVALID_POST_ONLY("Post only does not go with the order"),
    PRICE_OUTSIDE_BAND("The price is too far from the last price"),
    NOTIONAL_LIMIT_EXCEEDED("The order is too large"),
    ORDER_LIMIT_EXCEEDED("You have too many open orders"),
    SYMBOL_HALTED("Trading in this symbol is halted"),
    TRADING_RESTRICTED("You may not trade this symbol at present"),
    MARKET_CLOSED("The market is closed"),
    NO_LIQUIDITY("Nobody to trade with"),
    INSUFFICIENT_FUNDS("Not enough money"),
    INSUFFICIENT_SHARES("Not enough shares"),
    CURRENCY_MISMATCH("The shares are kept in another currency"),
    SELF_TRADE("The order would have met an order of your own"),
    POST_ONLY_WOULD_CROSS("The order would have traded at once"),
    INVALID_STATE("The order's state does not allow it");

    private final String title;

    OrderCode(String title) {
        this.title = title;
    }

    /** @param wireName as it is stored with a refused order */
    static OrderCode of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    @Override
    public int status() {
        return 422;
    }

    @Override
    public String title() {
        return title;
    }
}
