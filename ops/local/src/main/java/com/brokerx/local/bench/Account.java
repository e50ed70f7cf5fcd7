package com.brokerx.local.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** One client of the load: who they are, and which of their orders may still be open. */
final class Account {

    /** Enough to cancel and replace from; what is older is left to {@code cancel_all}. */
    private static final int REMEMBERED_ORDERS = 256;

    private final String id;
    private final List<String> orders = new ArrayList<>();
    private String token;
    private String refreshToken;
    private byte[] headers;

    Account(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    String refreshToken() {
        return refreshToken;
    }

    /** @param apiKey for the gateway, which the services ignore */
    void signedIn(String accessToken, String refreshTokenToUse, String apiKey) {
        token = accessToken;
        refreshToken = refreshTokenToUse;
        headers = (" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\napikey: " + apiKey
                        + "\r\nAuthorization: Bearer " + accessToken + "\r\nContent-Length: ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What every request of this client has behind its path, up to the length of its body. */
    byte[] headers() {
        return headers;
    }

    void remember(String order, RandomGenerator random) {
        if (orders.size() < REMEMBERED_ORDERS) {
            orders.add(order);
        } else {
            orders.set(random.nextInt(REMEMBERED_ORDERS), order);
        }
    }

    boolean hasOrders() {
        return !orders.isEmpty();
    }

    /** Takes one of the orders out; it is remembered again if it turns out to be still open. */
    String takeOrder(RandomGenerator random) {
        int index = random.nextInt(orders.size());
        String taken = orders.get(index);
        String last = orders.removeLast();
        if (index < orders.size()) {
            orders.set(index, last);
        }
        return taken;
    }

    void forgetOrders() {
        orders.clear();
    }
}
