package com.brokerx.local.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What clients do all day: nine requests in ten are new limit orders of 1 to 100 shares, the tenth cancels or replaces one. Three
 * orders in ten are priced through the best price of the other side and trade; the others rest within ten ticks of the middle.
 * Clients, symbols and sides are drawn evenly, from a seed, so that every round asks the same.
 */
final class Workload implements Traffic {

    /** Of all requests, in per cent. */
    private static final int CANCELS = 7;

    private static final int REPLACES = 3;
    /** Of new orders, in per cent. */
    private static final int CROSSING = 30;

    private static final int DEPTH_TICKS = 10;
    private static final int LARGEST_ORDER = 100;
    /** Cents; the reference prices that a fresh BrokerX starts with. */
    private static final Map<String, Integer> REFERENCE = Map.of(
            "AAPL", 17_500,
            "MSFT", 38_000,
            "GOOGL", 14_000,
            "AMZN", 18_500,
            "META", 50_000,
            "TSLA", 25_000,
            "NVDA", 48_000);

    private static final byte[] POST = ascii("POST ");
    private static final byte[] ORDERS_PATH = ascii("/api/v1/orders");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

    private final List<Account> accounts;
    private final List<String> symbols;
    private final RandomGenerator random;

    Workload(List<Account> accounts, List<String> symbols, long seed) {
        this.accounts = accounts;
        this.symbols = symbols;
        this.random = new SplittableRandom(seed);
    }

    /** How many of 100 requests are new orders. */
    static int ordersInHundred() {
        return 100 - CANCELS - REPLACES;
    }

    @Override
    public Request next() {
        Account account = accounts.get(random.nextInt(accounts.size()));
        int draw = random.nextInt(100);
        if (draw < CANCELS && account.hasOrders()) {
            return cancel(account);
        }
        if (draw < CANCELS + REPLACES && account.hasOrders()) {
            return replace(account);
        }
        return order(account);
    }

    /** Learns from the answer which orders there are to cancel and replace. */
    @Override
    public void answered(Request request, Response response) {
        if (request.kind() != Request.Kind.CANCEL
                && request.kind().isAccepted(response.status())
                && response.isOrderOpen()) {
            request.account().remember(response.orderId(), random);
        }
    }

    private Request order(Account account) {
        String symbol = symbols.get(random.nextInt(symbols.size()));
        boolean buy = random.nextBoolean();
        boolean crossing = random.nextInt(100) < CROSSING;
        int away = 1 + random.nextInt(DEPTH_TICKS);
        int cents = REFERENCE.getOrDefault(symbol, 10_000) + (buy == crossing ? away : -away);
        String body = "{\"symbol\":\"" + symbol + "\",\"direction\":\"" + (buy ? "buy" : "sell")
                + "\",\"order_type\":\"limit\",\"quantity\":" + quantity() + ",\"price\":\"" + decimal(cents) + "\"}";
        return request(Request.Kind.ORDER, account, "", body);
    }

    private int quantity() {
        return 1 + random.nextInt(LARGEST_ORDER);
    }

    private static String decimal(int cents) {
        int rest = cents % 100;
        return cents / 100 + (rest < 10 ? ".0" : ".") + rest;
    }

    private Request cancel(Account account) {
        return request(Request.Kind.CANCEL, account, "/" + account.takeOrder(random) + "/cancel", "{}");
    }

    private Request replace(Account account) {
        String body = "{\"quantity\":" + (LARGEST_ORDER + quantity()) + "}";
        return request(Request.Kind.REPLACE, account, "/" + account.takeOrder(random) + "/replace", body);
    }

    private static Request request(Request.Kind kind, Account account, String path, String body) {
        byte[] pathBytes = ascii(path);
        byte[] bodyBytes = ascii(body);
        byte[] length = ascii(Integer.toString(bodyBytes.length));
        byte[] headers = account.headers();
        ByteBuffer all = ByteBuffer.allocate(POST.length
                + ORDERS_PATH.length
                + pathBytes.length
                + headers.length
                + length.length
                + END_OF_HEAD.length
                + bodyBytes.length);
        all.put(POST).put(ORDERS_PATH).put(pathBytes).put(headers).put(length).put(END_OF_HEAD);
        return new Request(kind, account, all.put(bodyBytes).array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
