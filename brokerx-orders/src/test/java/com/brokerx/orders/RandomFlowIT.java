package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.orders.testing.TableAudit;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients do at random what clients do, all at once and with fees; in the end everything has to add up. */
class RandomFlowIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> SYMBOLS = List.of("ZQUIET", "AAPL");
    private static final int CLIENTS = 8;
    private static final int STEPS = 60;

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final Jdbi jdbi = database.jdbi();

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.123"})
    void nothingIsMadeOrLostWhateverHappens(String feePercent) {
        try (TestIdentity identity = new TestIdentity();
                FakePortfolios portfolios = new FakePortfolios();
                OrdersServer one = start("one", feePercent, identity, portfolios);
                OrdersServer two = start("two", feePercent, identity, portfolios)) {
            List<OrdersClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                OrdersClient client = one.client();
                portfolios.give(client.id(), "USD", "20000.00");
                SYMBOLS.forEach(symbol -> portfolios.give(client.id(), symbol, "100"));
                clients.add(client);
            }

            AtOnce.times(CLIENTS, i -> {
                act(clients.get(i), List.of(one, two), new Random(i));
                return null;
            });
            clients.forEach(client -> client.post("/api/v1/orders/cancel_all", "{}"));

            Eventually.await("nothing is held any more", SOON, () -> clients.stream()
                    .allMatch(client -> isFree(client, portfolios)));
            assertThat(portfolios.complaints()).isEmpty();
            assertThat(portfolios.total("USD")).isEqualByComparingTo("160000.00");
            SYMBOLS.forEach(symbol -> assertThat(portfolios.total(symbol)).isEqualByComparingTo("800"));
            assertThat(portfolios.trades()).hasSizeGreaterThan(20);
            new TableAudit(jdbi).requireThatAllIsDoneAndAddsUp();
        }
    }

    private OrdersServer start(String instanceId, String feePercent, TestIdentity identity, FakePortfolios portfolios) {
        return OrdersServer.start(
                instanceId, database, identity, portfolios, "orders.placing.tradingFeePercent=" + feePercent);
    }

    private static void act(OrdersClient client, List<OrdersServer> servers, Random random) {
        List<UUID> orders = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            OrdersClient there =
                    client.at(servers.get(random.nextInt(servers.size())).url());
            Answer answer =
                    switch (random.nextInt(10)) {
                        case 0, 1 -> orders.isEmpty() ? place(there, random) : there.cancel(any(orders, random));
                        case 2, 3, 4 ->
                            orders.isEmpty() ? place(there, random) : there.replace(any(orders, random), terms(random));
                        case 5 -> there.market(symbol(random), direction(random), 1 + random.nextInt(20));
                        default -> place(there, random);
                    };
            assertThat(answer.status()).isIn(200, 201, 409, 422);
            if (answer.status() == 201) {
                orders.add(answer.id());
            }
        }
    }

    private static Answer place(OrdersClient client, Random random) {
        String symbol = symbol(random);
        String timeInForce = List.of("DAY", "GTC", "GTC", "IOC", "FOK").get(random.nextInt(5));
        return client.limit(
                symbol, direction(random), 1 + random.nextInt(20), price(random), "time_in_force=" + timeInForce);
    }

    private static String terms(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "{\"quantity\":%d}".formatted(1 + random.nextInt(25));
            case 1 -> "{\"price\":\"%s\"}".formatted(price(random));
            default -> "{\"quantity\":%d,\"price\":\"%s\"}".formatted(1 + random.nextInt(25), price(random));
        };
    }

    private static UUID any(List<UUID> orders, Random random) {
        return orders.get(Math.max(0, orders.size() - 1 - random.nextInt(5)));
    }

    private static String symbol(Random random) {
        return SYMBOLS.get(random.nextInt(SYMBOLS.size()));
    }

    private static String direction(Random random) {
        return random.nextBoolean() ? "buy" : "sell";
    }

    /** Within the bands of both symbols while nobody trades far away. */
    private static String price(Random random) {
        return "%d.%02d".formatted(140 + random.nextInt(4), random.nextInt(4));
    }

    private static boolean isFree(OrdersClient client, FakePortfolios portfolios) {
        return portfolios.held(client.id(), "USD").signum() == 0
                && SYMBOLS.stream()
                        .allMatch(symbol -> portfolios.held(client.id(), symbol).signum() == 0);
    }

    @Test
    void aFillThatRacesWithCancelsAndReplacesWinsOrLosesCleanly() {
        try (TestIdentity identity = new TestIdentity();
                FakePortfolios portfolios = new FakePortfolios();
                OrdersServer server = start("one", "0", identity, portfolios)) {
            OrdersClient maker = server.client();
            OrdersClient taker = server.client();
            portfolios.give(maker.id(), "ZQUIET", "1000");
            portfolios.give(taker.id(), "USD", "100000.00");

            for (int round = 0; round < 15; round++) {
                UUID order = maker.limit("ZQUIET", "sell", 10, "100.00").id();
                List<Answer> answers = AtOnce.times(4, i -> switch (i) {
                    case 0 -> taker.limit("ZQUIET", "buy", 10, "100.00", "time_in_force=IOC");
                    case 1 -> maker.cancel(order);
                    case 2 -> maker.replace(order, "{\"quantity\":4}");
                    default -> maker.replace(order, "{\"price\":\"100.50\"}");
                });
                maker.cancel(order);
                long bought = answers.get(0).body().path("filled_quantity").asLong();
                Answer last = maker.order(order);
                assertThat(last.body().path("filled_quantity").asLong()).isEqualTo(bought);
                assertThat(last.text("status")).isIn("filled", "cancelled");
                assertThat(answers).extracting(Answer::status).containsOnlyOnce(201);
                if (bought == 10) {
                    assertThat(answers.get(1).text("order_status")).isEqualTo("filled");
                }
            }
            Eventually.await(
                    "nothing is held any more", SOON, () -> isFree(maker, portfolios) && isFree(taker, portfolios));
            assertThat(portfolios.complaints()).isEmpty();
        }
    }
}
