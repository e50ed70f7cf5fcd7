package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators and the calendar allow, over HTTP; the service goes by a clock that the test drives. */
class MarketRulesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** A Friday in New York, an hour before the market closes. */
    private static final Instant FRIDAY_AFTERNOON = Instant.parse("2026-01-09T20:00:00Z");

    private final ManualClock clock = new ManualClock(FRIDAY_AFTERNOON);

    @AutoClose
    private final RunningOrders orders =
            RunningOrders.startAt(clock, "orders.marketHours.alwaysOpen=false", "orders.writer.expiryEvery=100ms");

    private final OrdersServer server = orders.server();

    private OrdersClient client() {
        return orders.client("USD", "10000.00", "ZQUIET", "100");
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

        Answer halted = change(server.admin(), "ZQUIET", call);

        assertThat(halted.status()).isEqualTo(200);
        assertThat(halted.text("status")).isEqualTo(status);
        Answer refused = client.limit("ZQUIET", "buy", 1, "99.00");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("symbol_halted");
        assertThat(client.order(refused.orderId()).text("reject_code")).isEqualTo("symbol_halted");
        assertThat(client.replace(resting, "{\"quantity\":5}").text("code")).isEqualTo("symbol_halted");
        assertThat(client.cancel(other).text("status")).isEqualTo("cancelled");
        assertThat(client.limit("AAPL", "buy", 1, "170.00").status()).isEqualTo(201);

        assertThat(change(server.admin(), "ZQUIET", "resume").text("status")).isEqualTo("trading");
        assertThat(client().limit("ZQUIET", "sell", 10, "99.00").text("status")).isEqualTo("filled");
        assertThat(client.order(resting).text("status")).isEqualTo("filled");
    }

    @Test
    void onlyAdministratorsHalt() {
        assertThat(change(client(), "ZQUIET", "halt").status()).isEqualTo(403);
        assertThat(change(server.admin(), "NOSUCH", "halt").status()).isEqualTo(404);
        assertThat(client().limit("ZQUIET", "buy", 1, "99.00").status()).isEqualTo(201);
    }

    @Test
    void dayOrdersExpireWhenTheMarketClosesAndOthersStay() {
        OrdersClient client = client();
        Answer day = client.limit("ZQUIET", "buy", 10, "99.00");
        UUID good =
                client.limit("ZQUIET", "buy", 1, "98.00", "time_in_force=GTC").id();
        UUID stop = client.stop("ZQUIET", "sell", 5, "90.00").id();
        client().limit("ZQUIET", "sell", 4, "99.00");
        assertThat(day.text("expires_at")).isEqualTo("2026-01-09T21:00:00.000000Z");

        clock.advance(Duration.ofHours(1));

        awaitStatus(client, day.id(), "expired");
        awaitStatus(client, stop, "expired");
        assertThat(client.order(day.id()).body().path("filled_quantity").asLong())
                .isEqualTo(4);
        assertThat(client.order(good).text("status")).isEqualTo("working");
        Answer late = client.limit("ZQUIET", "buy", 1, "99.00");
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text("code")).isEqualTo("market_closed");
        assertThat(client.replace(good, "{\"quantity\":2}").text("code")).isEqualTo("market_closed");
        orders.awaitHeld(client, "USD", "98.00");
        orders.awaitHeld(client, "ZQUIET", "0");
        assertThat(client.cancel(good).text("status")).isEqualTo("cancelled");
    }

    @Test
    void anOrderWithADateExpiresThenWhateverTheMarketDoes() {
        OrdersClient client = client();
        Instant saturday = FRIDAY_AFTERNOON.plus(Duration.ofHours(20));
        UUID dated = client.limit("ZQUIET", "buy", 10, "99.00", "time_in_force=GTD", "expires_at=" + saturday)
                .id();
        UUID moved = client.limit("ZQUIET", "buy", 1, "98.00", "time_in_force=GTD", "expires_at=" + saturday)
                .id();
        Instant sunday = saturday.plus(Duration.ofDays(1));
        Answer replaced = client.replace(moved, "{\"expires_at\":\"%s\"}".formatted(sunday));
        assertThat(replaced.text("expires_at")).isEqualTo("2026-01-11T16:00:00.000000Z");

        clock.advance(Duration.ofHours(2));
        assertThat(client.order(dated).text("status")).isEqualTo("working");
        clock.advance(Duration.ofHours(18));
        awaitStatus(client, dated, "expired");
        assertThat(client.order(moved).text("status")).isEqualTo("working");
        clock.advance(Duration.ofDays(1));
        awaitStatus(client, moved, "expired");

        orders.awaitHeld(client, "USD", "0");
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
