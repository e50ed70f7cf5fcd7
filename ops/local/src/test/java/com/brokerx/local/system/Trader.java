package com.brokerx.local.system;

import com.brokerx.local.system.Http.Answer;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A client with an account, signed in. */
public final class Trader {

    static final String PASSWORD = "password123";
    private static final Map<String, String> INTERNAL = Map.of("X-Internal-Token", "dev-internal-token");

    private final Brokerage brokerage;
    private final UUID id;
    private final String email;
    private String token;

    private Trader(Brokerage brokerage, UUID id, String email) {
        this.brokerage = brokerage;
        this.id = id;
        this.email = email;
    }

    /** Registers, verifies, signs in with MFA, and waits for the default portfolio. */
    static Trader signUp(Brokerage brokerage, String name) {
        String clients = brokerage.service(Brokerage.CLIENTS).url();
        String email = name + "-" + UUID.randomUUID() + "@example.com";
        Answer registered = Http.call(
                        "POST",
                        clients + "/api/v1/clients",
                        Map.of(),
                        Map.of("client", Map.of("name", name, "email", email, "password", PASSWORD)))
                .expect(201);
        Trader trader = new Trader(brokerage, UUID.fromString(registered.text("/client/id")), email);
        Http.call(
                        "POST",
                        clients + "/api/v1/clients/" + trader.id + "/verify_email",
                        Map.of(),
                        Map.of("token", registered.text("/verification_token")))
                .expect(200);
        trader.signIn();
        Eventually.await(
                "the default portfolio",
                Duration.ofSeconds(20),
                () -> trader.get(Brokerage.PORTFOLIOS, "/api/v1/portfolio").status() == 200);
        return trader;
    }

    void signIn() {
        String clients = brokerage.service(Brokerage.CLIENTS).url();
        Answer login = Http.call(
                        "POST", clients + "/api/v1/auth/login", Map.of(), Map.of("email", email, "password", PASSWORD))
                .expect(200);
        token = Http.call(
                        "POST",
                        clients + "/api/v1/auth/verify_mfa",
                        Map.of(),
                        Map.of("session_token", login.text("/session_token"), "mfa_code", login.text("/mfa_code")))
                .expect(200)
                .text("/token");
    }

    UUID id() {
        return id;
    }

    String email() {
        return email;
    }

    String token() {
        return token;
    }

    Answer get(String service, String path) {
        return Http.call("GET", brokerage.service(service).url() + path, authorization(), null);
    }

    Answer post(String service, String path, Object body) {
        return Http.call("POST", brokerage.service(service).url() + path, authorization(), body);
    }

    void deposit(String amount) {
        post(Brokerage.PORTFOLIOS, "/api/v1/deposits", Map.of("amount", amount)).expect(201);
    }

    /** Shares moved in from the house by the back office. */
    void receive(String symbol, long quantity) {
        receive(symbol, quantity, "USD");
    }

    /** @param currency that the shares are kept in; until the symbol's first trade it may be another than that it is traded in */
    void receive(String symbol, long quantity, String currency) {
        Map<String, String> headers = new LinkedHashMap<>(INTERNAL);
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        Http.call(
                        "POST",
                        brokerage.service(Brokerage.PORTFOLIOS).url() + "/internal/journals",
                        headers,
                        Map.of(
                                "client_id",
                                id,
                                "asset",
                                symbol,
                                "amount",
                                quantity,
                                "currency",
                                currency,
                                "reason",
                                "transfer in"))
                .expect(201);
    }

    static Map<String, Object> limit(String direction, String symbol, long quantity, String price) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("symbol", symbol);
        order.put("direction", direction);
        order.put("order_type", "limit");
        order.put("quantity", quantity);
        order.put("price", price);
        return order;
    }

    Answer place(Map<String, Object> order) {
        return post(Brokerage.ORDERS, "/api/v1/orders", order);
    }

    /** As {@link #place}, at the given instance, and failing when nobody answers. */
    Answer placeAt(String instance, Map<String, Object> order) throws IOException {
        return postAt(instance, "/api/v1/orders", order);
    }

    Answer postAt(String instance, String path, Object body) throws IOException {
        return Http.send("POST", brokerage.service(instance).url() + path, authorization(), body);
    }

    /** All pages of a list. */
    List<JsonNode> list(String service, String path) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = get(service, path + "?limit=200" + cursor).expect(200);
            page.body().path("data").forEach(all::add);
            JsonNode next = page.body().at("/meta/next_cursor");
            cursor = next.isNull() ? null : "&cursor=" + next.asText();
        } while (cursor != null);
        return all;
    }

    Answer order(String orderId) {
        return get(Brokerage.ORDERS, "/api/v1/orders/" + orderId).expect(200);
    }

    Answer balance() {
        return Http.call(
                        "GET",
                        brokerage.service(Brokerage.PORTFOLIOS).url() + "/internal/balance/" + id,
                        INTERNAL,
                        null)
                .expect(200);
    }

    BigDecimal available() {
        return new BigDecimal(balance().text("/available"));
    }

    BigDecimal reserved() {
        return new BigDecimal(balance().text("/reserved"));
    }

    BigDecimal total() {
        return new BigDecimal(balance().text("/total"));
    }

    long shares(String symbol) {
        return position(symbol, "quantity");
    }

    long reservedShares(String symbol) {
        return position(symbol, "reserved_quantity");
    }

    private long position(String symbol, String field) {
        for (var position : balance().body().path("positions")) {
            if (position.path("symbol").asText().equals(symbol)) {
                return position.path(field).asLong();
            }
        }
        return 0;
    }

    private Map<String, String> authorization() {
        return Map.of("Authorization", "Bearer " + token);
    }
}
