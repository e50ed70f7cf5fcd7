package com.brokerx.orders.stream;

import java.util.Locale;
import java.util.Optional;

/**
 * What can be subscribed to, as it is written on the wire: {@code orders}, {@code quotes:AAPL}, {@code book:AAPL}, {@code trades:AAPL}.
 *
 * @param symbol empty for the private channel {@code orders}
 */
record ChannelName(Kind kind, String symbol) {

    enum Kind {
        ORDERS,
        QUOTES,
        BOOK,
        TRADES;

        final String wireName = name().toLowerCase(Locale.ROOT);
    }

    static final ChannelName ORDERS = new ChannelName(Kind.ORDERS, "");

    static Optional<ChannelName> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return text.equals(Kind.ORDERS.wireName) ? Optional.of(ORDERS) : Optional.empty();
        }
        String symbol = text.substring(colon + 1);
        return switch (text.substring(0, colon)) {
            case "quotes" -> Optional.of(new ChannelName(Kind.QUOTES, symbol));
            case "book" -> Optional.of(new ChannelName(Kind.BOOK, symbol));
            case "trades" -> Optional.of(new ChannelName(Kind.TRADES, symbol));
            default -> Optional.empty();
        };
    }

    boolean isPrivate() {
        return kind == Kind.ORDERS;
    }

    @Override
    public String toString() {
        return isPrivate() ? kind.wireName : kind.wireName + ":" + symbol;
    }
}
