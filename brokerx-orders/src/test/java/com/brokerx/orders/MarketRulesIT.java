package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.ManualClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators and the calendar allow, over HTTP; the service goes by a clock that the tests drive, a week further each. */
class MarketRulesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** A Friday in New York, an hour before the market closes, with winter time for long. */
    private static final Instant FRIDAY_AFTERNOON = Instant.parse("2025-11-07T20:00:00Z");

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private static final ManualClock CLOCK = new ManualClock(FRIDAY_AFTERNOON);

    @AutoClose
    private static final RunningOrders ORDERS = RunningOrders.startAt(
            CLOCK,
            "orders.marketHours.alwaysOpen=false",
            "orders.writer.expiryEvery=100ms",
            "orders.placing.fundsPatience=10s",
            "orders.portfolios.deadline=15s");

    private final OrdersServer server = ORDERS.server();
    private final FakePortfolios portfolios = ORDERS.portfolios();

    @BeforeEach
    void nextFridayAfternoon() {
        OffsetDateTime now = CLOCK.instant().atOffset(ZoneOffset.UTC);
        OffsetDateTime friday =
                now.with(TemporalAdjusters.next(DayOfWeek.FRIDAY)).withHour(20).withMinute(0);
        CLOCK.advance(Duration.between(now, friday));
    }

    @AfterEach
    void clear() {
        portfolios.beforeReserve(requests -> {});
        change(server.admin(), "ZQUIET", "resume");
        ORDERS.clear();
        assertThat(portfolios.complaints()).isEmpty();
    }

    private static OrdersClient client() {
        return ORDERS.client("USD", "10000.00", "ZQUIET", "100");
    }

    private static Answer change(OrdersClient caller, String symbol, String to) {
        return caller.post("/api/v1/instruments/" + symbol + "/" + to, "{}");
    }

    @ParameterizedTest
    @CsvSource({"halt,halted", "cancel_only,cancel_only"})
    void aHaltedSymbolTakesNothingButCancels(String call, String status) {
        OrdersClient client = client();
        UUID resting = client.limit("ZQUIET", "buy", 10, "99.00").id();
        UUID other = client.limit("ZQUIET", "buy", 10, "98.00").id();
        UUID stop = client.stop("ZQUIET", "sell", 5, "90.00").id();

        Answer halted = change(server.admin(), "ZQUIET", call);

        assertThat(halted.status()).isEqualTo(200);
        assertThat(halted.text("status")).isEqualTo(status);
        Answer refused = client.limit("ZQUIET", "buy", 1, "99.00");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("symbol_halted");
        assertThat(client.order(refused.orderId()).text("reject_code")).isEqualTo("symbol_halted");
        assertThat(List.of(
                        client.market("ZQUIET", "sell", 1),
                        client.limit("ZQUIET", "sell", 1, "99.00", "time_in_force=IOC"),
                        client.limit("ZQUIET", "sell", 1, "99.00", "time_in_force=FOK"),
                        client.limit("ZQUIET", "sell", 1, "101.00", "time_in_force=GTC", "post_only=true"),
                        client.stop("ZQUIET", "sell", 1, "95.00"),
                        client.stopLimit("ZQUIET", "sell", 1, "95.00", "94.00"),
                        client.oco("ZQUIET", "sell", 1, "110.00", "95.00")))
                .extracting(answer -> answer.text("code"))
                .containsOnly("symbol_halted");
        assertThat(List.of(
                        client.replace(resting, "{\"quantity\":5}"),
                        client.replace(resting, "{\"price\":\"97.00\"}"),
                        client.replace(stop, "{\"stop_price\":\"91.00\"}")))
                .extracting(answer -> answer.text("code"))
                .containsOnly("symbol_halted");
        assertThat(client.cancel(other).text("status")).isEqualTo("cancelled");
        assertThat(client.delete("/api/v1/orders/" + stop).text("status")).isEqualTo("cancelled");
        assertThat(client.limit("AAPL", "buy", 1, "170.00").status()).isEqualTo(201);

        assertThat(change(server.admin(), "ZQUIET", "resume").text("status")).isEqualTo("trading");
        assertThat(client().limit("ZQUIET", "sell", 10, "99.00").text("status")).isEqualTo("filled");
        assertThat(client.order(resting).text("status")).isEqualTo("filled");
    }

    @Test
    void allOrdersOfAHaltedSymbolCanBeCancelledAtOnce() {
        OrdersClient client = client();
        client.limit("ZQUIET", "buy", 10, "99.00");
        client.oco("ZQUIET", "sell", 5, "110.00", "90.00");
        change(server.admin(), "ZQUIET", "halt");

        JsonNode answer = client.post("/api/v1/orders/cancel_all", "{\"symbol\":\"ZQUIET\"}")
                .body();

        assertThat(answer.path("cancelled")).hasSize(2);
        assertThat(answer.path("failed")).isEmpty();
    }

    @Test
    void onlyAdministratorsHalt() {
        assertThat(change(client(), "ZQUIET", "halt").status()).isEqualTo(403);
        assertThat(change(server.admin(), "NOSUCH", "halt").status()).isEqualTo(404);
        assertThat(client().limit("ZQUIET", "buy", 1, "99.00").status()).isEqualTo(201);
    }

    /** It was taken before, and would have traded with an order that rests. */
    @Test
    void anOrderThatWaitedForItsFundsOverAHaltIsRefused() throws Exception {
        OrdersClient seller = client();
        UUID resting = seller.limit("ZQUIET", "sell", 5, "99.00").id();
        OrdersClient buyer = client();
        CountDownLatch go = holdUpFunds();
        CompletableFuture<Answer> placing = placing(buyer, "DAY");

        change(server.admin(), "ZQUIET", "halt");
        go.countDown();

        Answer refused = placing.get(20, TimeUnit.SECONDS);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("symbol_halted");
        assertThat(buyer.order(refused.orderId()).text("status")).isEqualTo("rejected");
        assertThat(seller.order(resting).text("status")).isEqualTo("working");
        ORDERS.awaitHeld(buyer, "USD", "0");
    }

    @ParameterizedTest
    @CsvSource({"DAY,expired,", "GTC,rejected,market_closed"})
    void anOrderThatWaitedForItsFundsUntilTheMarketClosedDoesNotTrade(String timeInForce, String status, String code)
            throws Exception {
        OrdersClient seller = client();
        UUID resting =
                seller.limit("ZQUIET", "sell", 5, "99.00", "time_in_force=GTC").id();
        OrdersClient buyer = client();
        CountDownLatch go = holdUpFunds();
        CompletableFuture<Answer> placing = placing(buyer, timeInForce);
        UUID waiting = waiting(buyer);

        CLOCK.advance(AN_HOUR);
        go.countDown();
        placing.get(20, TimeUnit.SECONDS);

        assertThat(buyer.order(waiting).text("status")).isEqualTo(status);
        assertThat(buyer.order(waiting).text("reject_code")).isEqualTo(code);
        assertThat(seller.order(resting).text("status")).isEqualTo("working");
        ORDERS.awaitHeld(buyer, "USD", "0");
    }

    private CountDownLatch holdUpFunds() {
        CountDownLatch go = new CountDownLatch(1);
        portfolios.beforeReserve(requests -> await(go));
        return go;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An order that stands in the database and waits for its funds. */
    private static CompletableFuture<Answer> placing(OrdersClient buyer, String timeInForce) {
        CompletableFuture<Answer> placing = CompletableFuture.supplyAsync(
                () -> buyer.limit("ZQUIET", "buy", 5, "99.00", "time_in_force=" + timeInForce));
        Eventually.await("the order waits", SOON, () -> !pending(buyer).isEmpty());
        return placing;
    }

    private static UUID waiting(OrdersClient buyer) {
        return UUID.fromString(pending(buyer).get(0).path("id").asText());
    }

    private static JsonNode pending(OrdersClient buyer) {
        return buyer.get("/api/v1/orders?status=pending_funds").body().path("data");
    }

    @Test
    void dayOrdersExpireWhenTheMarketClosesAndOthersStay() {
        OrdersClient client = client();
        Answer day = client.limit("ZQUIET", "buy", 10, "99.00");
        UUID good =
                client.limit("ZQUIET", "buy", 1, "98.00", "time_in_force=GTC").id();
        UUID stop = client.stop("ZQUIET", "sell", 5, "90.00").id();
        client().limit("ZQUIET", "sell", 4, "99.00");
        assertThat(Instant.parse(day.text("expires_at")))
                .isEqualTo(CLOCK.instant().plus(AN_HOUR));

        CLOCK.advance(AN_HOUR);

        awaitStatus(client, day.id(), "expired");
        awaitStatus(client, stop, "expired");
        assertThat(client.order(day.id()).body().path("filled_quantity").asLong())
                .isEqualTo(4);
        assertThat(client.order(good).text("status")).isEqualTo("working");
        Answer late = client.limit("ZQUIET", "buy", 1, "99.00");
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text("code")).isEqualTo("market_closed");
        assertThat(client.replace(good, "{\"quantity\":2}").text("code")).isEqualTo("market_closed");
        ORDERS.awaitHeld(client, "USD", "98.00");
        ORDERS.awaitHeld(client, "ZQUIET", "0");
        assertThat(client.cancel(good).text("status")).isEqualTo("cancelled");
    }

    @Test
    void anOrderWithADateExpiresThenWhateverTheMarketDoes() {
        OrdersClient client = client();
        Instant saturday = CLOCK.instant().plus(Duration.ofHours(20));
        UUID dated = client.limit("ZQUIET", "buy", 10, "99.00", "time_in_force=GTD", "expires_at=" + saturday)
                .id();
        UUID moved = client.limit("ZQUIET", "buy", 1, "98.00", "time_in_force=GTD", "expires_at=" + saturday)
                .id();
        Instant sunday = saturday.plus(Duration.ofDays(1));
        Answer replaced = client.replace(moved, "{\"expires_at\":\"%s\"}".formatted(sunday));
        assertThat(Instant.parse(replaced.text("expires_at"))).isEqualTo(sunday);

        CLOCK.advance(Duration.ofHours(2));
        assertThat(client.order(dated).text("status")).isEqualTo("working");
        CLOCK.advance(Duration.ofHours(18));
        awaitStatus(client, dated, "expired");
        assertThat(client.order(moved).text("status")).isEqualTo("working");
        CLOCK.advance(Duration.ofDays(1));
        awaitStatus(client, moved, "expired");

        ORDERS.awaitHeld(client, "USD", "0");
        assertThat(client.get("/api/v1/orders/" + dated + "/executions")
                        .body()
                        .at("/data/0/report_type")
                        .asText())
                .isEqualTo("expired");
    }

    private static void awaitStatus(OrdersClient client, UUID order, String status) {
        Eventually.await("the order is " + status, SOON, () -> client.order(order)
                .text("status")
                .equals(status));
    }
}
