package com.brokerx.local.system;

import static com.brokerx.local.system.Trader.limit;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.system.Http.Answer;
import com.brokerx.testing.Eventually;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of the three services together, and of the monolith. */
@ParameterizedClass
@EnumSource(Brokerage.Shape.class)
class OrderJourneyIT {

    private static final String QUIET = "ZQUIET";
    private static Brokerage brokerage;

    @Parameter
    Brokerage.Shape shape;

    @BeforeParameterizedClassInvocation
    static void open(Brokerage.Shape shape) {
        brokerage = Brokerage.open(shape);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        brokerage.close();
    }

    @Test
    void aBuyAboveTheAskFillsAtTheAskAndTheDifferenceIsFreeAgain() {
        Trader seller = seller(10);
        Trader buyer = buyer("2000.00");
        String offer =
                seller.place(limit("sell", QUIET, 10, "95.00")).expect(201).text("/id");

        Answer bought = buyer.place(limit("buy", QUIET, 10, "99.00")).expect(201);

        assertThat(bought.text("/status")).isEqualTo("filled");
        assertThat(new BigDecimal(bought.text("/average_price"))).isEqualByComparingTo("95.00");
        settled(buyer, "1050.00", 10);
        settled(seller, "950.00", 0);
        assertThat(seller.order(offer).text("/status")).isEqualTo("filled");
        String buyersTrade = buyer.get("orders", "/api/v1/trades").text("/data/0/id");
        assertThat(seller.get("orders", "/api/v1/trades").text("/data/0/id")).isEqualTo(buyersTrade);
    }

    @Test
    void aBuyBeyondTheBalanceIsRefusedAndKeptAndHoldsNothing() {
        Trader buyer = buyer("100.00");

        Answer refused = buyer.place(limit("buy", QUIET, 2, "80.00")).expect(422);

        assertThat(refused.text("/code")).isEqualTo("insufficient_funds");
        Answer kept = buyer.order(refused.text("/order_id"));
        assertThat(kept.text("/status")).isEqualTo("rejected");
        assertThat(kept.text("/reject_code")).isEqualTo("insufficient_funds");
        assertThat(buyer.available()).isEqualByComparingTo("100.00");
        assertThat(buyer.reserved()).isZero();
    }

    @Test
    void aSaleOfSharesThatOneDoesNotHaveIsRefused() {
        Trader seller = seller(3);

        assertThat(seller.place(limit("sell", QUIET, 4, "120.00")).expect(422).text("/code"))
                .isEqualTo("insufficient_shares");
        assertThat(seller.reservedShares(QUIET)).isZero();
    }

    /** Settlement could not take it, and would hold up everything else in the symbol. */
    @Test
    void anOrderForSharesThatAreKeptInAnotherCurrencyIsRefused() {
        Trader trader = buyer("1000.00");
        trader.receive("META", 3, "EUR");

        assertThat(trader.place(limit("sell", "META", 2, "500.00")).expect(422).text("/code"))
                .isEqualTo("currency_mismatch");
        assertThat(trader.place(limit("buy", "META", 1, "500.00")).expect(422).text("/code"))
                .isEqualTo("currency_mismatch");
        assertThat(trader.reservedShares("META")).isZero();
        assertThat(trader.reserved()).isZero();
    }

    @Test
    void cancelFreesTheHoldAndReplaceMovesItUpAndDown() {
        Trader buyer = buyer("1000.00");
        String order = buyer.place(limit("buy", QUIET, 5, "60.00")).expect(201).text("/id");
        assertThat(buyer.reserved()).isEqualByComparingTo("300.00");

        buyer.post("orders", "/api/v1/orders/" + order + "/replace", Map.of("quantity", 10))
                .expect(200);
        holds(buyer, "600.00");
        buyer.post("orders", "/api/v1/orders/" + order + "/replace", Map.of("quantity", 2, "price", "61.00"))
                .expect(200);
        holds(buyer, "122.00");
        assertThat(buyer.post("orders", "/api/v1/orders/" + order + "/replace", Map.of("quantity", 20))
                        .expect(422)
                        .text("/code"))
                .isEqualTo("insufficient_funds");
        holds(buyer, "122.00");
        buyer.post("orders", "/api/v1/orders/" + order + "/cancel", Map.of()).expect(200);

        holds(buyer, "0.00");
        assertThat(buyer.available()).isEqualByComparingTo("1000.00");
        assertThat(buyer.order(order).text("/status")).isEqualTo("cancelled");
    }

    @Test
    void aRepeatedOrderIsOneOrder() {
        Trader buyer = buyer("1000.00");
        Map<String, Object> order = new HashMap<>(limit("buy", QUIET, 1, "55.00"));
        order.put("client_order_id", "once");

        String id = buyer.place(order).expect(201).text("/id");
        Answer again = buyer.place(order).expect(200);

        assertThat(again.text("/id")).isEqualTo(id);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        order.put("quantity", 2);
        assertThat(buyer.place(order).expect(409).text("/code")).isEqualTo("idempotency_key_conflict");
        holds(buyer, "55.00");
    }

    @Test
    void aSignedOutTokenIsRefusedByEveryServiceWithinSeconds() {
        Trader trader = buyer("10.00");
        trader.post("clients", "/api/v1/auth/logout", Map.of()).expect(200);

        for (var read : Map.of("clients", "/api/v1/me", "portfolios", "/api/v1/portfolio", "orders", "/api/v1/orders")
                .entrySet()) {
            Eventually.await(
                    read.getKey() + " refuses the token",
                    Duration.ofSeconds(5),
                    () -> trader.get(read.getKey(), read.getValue()).status() == 401);
        }
    }

    @Test
    void nobodySeesWhatBelongsToOthers() {
        Trader owner = buyer("1000.00");
        Trader other = buyer("10.00");
        String order = owner.place(limit("buy", QUIET, 1, "54.00")).expect(201).text("/id");

        other.get("orders", "/api/v1/orders/" + order).expect(404);
        other.post("orders", "/api/v1/orders/" + order + "/cancel", Map.of()).expect(404);
        String portfolio = owner.get("portfolios", "/api/v1/portfolio").text("/data/id");
        other.get("portfolios", "/api/v1/portfolios/" + portfolio).expect(404);
        other.get("clients", "/api/v1/clients/" + owner.id()).expect(404);
    }

    @Test
    void nonsenseIsRefusedByEveryServiceAndChangesNothing() {
        Trader trader = buyer("500.00");
        for (Object body : List.of("{", "[]", Map.of("symbol", "ZQUIET", "qantity", 1), Map.of("symbol", 7))) {
            assertThat(trader.post("orders", "/api/v1/orders", body).status()).isIn(400, 422);
            assertThat(trader.post("portfolios", "/api/v1/deposits", body).status())
                    .isIn(400, 422);
            assertThat(trader.post("clients", "/api/v1/clients", body).status()).isIn(400, 422);
        }
        assertThat(trader.place(limit("buy", QUIET, Long.MAX_VALUE, "99.00")).status())
                .isEqualTo(422);
        assertThat(trader.place(limit("buy", "NOSUCH", 1, "99.00")).expect(422).text("/code"))
                .isEqualTo("unknown_symbol");
        assertThat(trader.place(limit("buy", QUIET, 1, "99.001")).expect(422).text("/code"))
                .isEqualTo("price_off_tick");
        assertThat(trader.place(limit("buy", QUIET, 1, "9.00")).expect(422).text("/code"))
                .isEqualTo("price_outside_band");
        assertThat(trader.available()).isEqualByComparingTo("500.00");
    }

    @Test
    void mailIsReallySent() {
        Trader trader = buyer("25.00");
        Eventually.await("the confirmation of the deposit", Duration.ofSeconds(20), () -> mailTo(trader)
                .anyMatch(m -> m.contains("25.00")));
        assertThat(mailTo(trader)).anyMatch(text -> text.contains("verify_email"));
    }

    private static java.util.stream.Stream<String> mailTo(Trader trader) {
        return java.util.Arrays.stream(brokerage.mail().getReceivedMessages())
                .filter(message -> Mails.recipients(message).contains(trader.email()))
                .map(Mails::text);
    }

    private static Trader buyer(String cash) {
        Trader trader = brokerage.newTrader("buyer");
        trader.deposit(cash);
        return trader;
    }

    private static Trader seller(long shares) {
        Trader trader = brokerage.newTrader("seller");
        trader.receive(QUIET, shares);
        return trader;
    }

    private static void holds(Trader trader, String amount) {
        BigDecimal expected = new BigDecimal(amount);
        Eventually.await(
                "a hold of " + amount,
                Duration.ofSeconds(10),
                () -> trader.reserved().compareTo(expected) == 0);
    }

    private static void settled(Trader trader, String cash, long shares) {
        BigDecimal expected = new BigDecimal(cash);
        Eventually.await(
                "settlement",
                Duration.ofSeconds(10),
                () -> trader.available().compareTo(expected) == 0
                        && trader.reserved().signum() == 0
                        && trader.shares(QUIET) == shares);
    }
}
