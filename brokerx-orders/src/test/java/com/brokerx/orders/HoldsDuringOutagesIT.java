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
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Orders are placed, replaced, filled, triggered and cancelled while the portfolios service goes away and comes back in every way that it
 * can. Soon after it is back for good, what it holds has to be what open orders hold, to the cent.
 */
class HoldsDuringOutagesIT {

    private static final Duration BACK_IN_ORDER = Duration.ofSeconds(30);
    private static final int CLIENTS = 8;
    private static final int STEPS = 30;
    /** Steps of all clients together between one change of the weather and the next. */
    private static final int STEPS_OF_A_MODE = 15;

    private static final List<FakePortfolios.Mode> MODES = List.of(
            FakePortfolios.Mode.UP,
            FakePortfolios.Mode.SILENT,
            FakePortfolios.Mode.UP,
            FakePortfolios.Mode.LATE,
            FakePortfolios.Mode.UP,
            FakePortfolios.Mode.DOWN);

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final TableAudit tables = new TableAudit(database.jdbi());
    private final FakePortfolios portfolios = new FakePortfolios();
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger unavailableReplaces = new AtomicInteger();

    @Test
    void whatIsHeldIsWhatOpenOrdersHold() {
        try (TestIdentity identity = new TestIdentity();
                OrdersServer server = OrdersServer.start(
                        "orders-1",
                        database,
                        identity,
                        portfolios,
                        "orders.placing.tradingFeePercent=0.123",
                        "orders.placing.fundsPatience=400ms",
                        "orders.placing.recovery.after=5s",
                        "orders.placing.recovery.giveUpAfter=10s",
                        "orders.portfolios.deadline=300ms",
                        "orders.portfolios.openFor=100ms",
                        "orders.outbox.longestRetry=500ms")) {
            List<OrdersClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                OrdersClient client = server.client();
                portfolios.give(client.id(), "USD", "20000.00");
                portfolios.give(client.id(), "ZQUIET", "200");
                clients.add(client);
            }

            AtOnce.times(CLIENTS, i -> {
                act(clients.get(i), new Random(i));
                return null;
            });
            portfolios.mode(FakePortfolios.Mode.UP);
            portfolios.welcomeEvents(true);

            assertThat(unavailableReplaces).hasPositiveValue();
            assertThat(portfolios.heldUp()).isPositive();
            Eventually.await(
                    "what is held is what open orders hold",
                    BACK_IN_ORDER,
                    () -> isFinished() && clients.stream().allMatch(this::isHeldRight));
            clients.forEach(client -> client.post("/api/v1/orders/cancel_all", "{}"));
            Eventually.await("nothing is held any more", BACK_IN_ORDER, () -> clients.stream()
                    .allMatch(client -> held(client).values().stream().allMatch(amount -> amount.signum() == 0)));
            tables.requireThatAllIsDoneAndAddsUp();
            assertThat(portfolios.complaints()).isEmpty();
            assertThat(portfolios.total("USD")).isEqualByComparingTo("160000.00");
            assertThat(portfolios.total("ZQUIET")).isEqualByComparingTo("1600");
        } finally {
            portfolios.close();
        }
    }

    private void act(OrdersClient client, Random random) {
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            changeTheWeather();
            int dice = random.nextInt(10);
            if (orders.isEmpty() || dice < 4) {
                Answer placed = place(client, random);
                assertThat(placed.status()).isIn(201, 422, 503);
                if (placed.status() == 201) {
                    orders.add(placed.id());
                }
            } else if (dice < 9) {
                Answer replaced = client.replace(latest(orders, random), terms(random));
                assertThat(replaced.status()).isIn(200, 409, 422, 503);
                if (replaced.status() == 503) {
                    unavailableReplaces.incrementAndGet();
                }
            } else {
                assertThat(client.cancel(latest(orders, random)).status()).isIn(200, 422);
            }
        }
    }

    private void changeTheWeather() {
        int step = steps.getAndIncrement();
        portfolios.mode(MODES.get(step / STEPS_OF_A_MODE % MODES.size()));
        portfolios.welcomeEvents(step / STEPS_OF_A_MODE % 2 == 0);
    }

    private static Answer place(OrdersClient client, Random random) {
        String direction = random.nextBoolean() ? "buy" : "sell";
        long quantity = 1 + random.nextInt(20);
        return switch (random.nextInt(4)) {
            case 0 -> client.stop("ZQUIET", direction, quantity, price(random));
            case 1 -> client.stopLimit("ZQUIET", direction, quantity, price(random), price(random));
            default -> client.limit("ZQUIET", direction, quantity, price(random));
        };
    }

    private static String terms(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "{\"quantity\":%d}".formatted(1 + random.nextInt(25));
            case 1 -> "{\"price\":\"%s\"}".formatted(price(random));
            default -> "{\"quantity\":%d,\"price\":\"%s\"}".formatted(1 + random.nextInt(25), price(random));
        };
    }

    private static UUID latest(List<UUID> orders, Random random) {
        return orders.get(Math.max(0, orders.size() - 1 - random.nextInt(3)));
    }

    private static String price(Random random) {
        return "%d.%02d".formatted(99 + random.nextInt(3), random.nextInt(3));
    }

    private boolean isFinished() {
        return tables.count("hold_changes") == 0
                && tables.count("orders WHERE status = 'pending_funds'") == 0
                && tables.count("outbox") == 0;
    }

    private boolean isHeldRight(OrdersClient client) {
        return held(client).equals(reservedByOpenOrders(client));
    }

    private Map<String, BigDecimal> held(OrdersClient client) {
        Map<String, BigDecimal> held = new TreeMap<>();
        for (String asset : List.of("USD", "ZQUIET")) {
            held.put(asset, portfolios.held(client.id(), asset).setScale(2));
        }
        return held;
    }

    private static Map<String, BigDecimal> reservedByOpenOrders(OrdersClient client) {
        Map<String, BigDecimal> reserved =
                new TreeMap<>(Map.of("USD", new BigDecimal("0.00"), "ZQUIET", new BigDecimal("0.00")));
        for (String status : List.of("working", "partially_filled")) {
            JsonNode orders = client.get("/api/v1/orders?limit=200&status=" + status)
                    .body()
                    .path("data");
            for (JsonNode order : orders) {
                String asset = order.path("direction").asText().equals("buy") ? "USD" : "ZQUIET";
                reserved.merge(
                        asset, new BigDecimal(order.path("reserved_amount").asText()).setScale(2), BigDecimal::add);
            }
        }
        return reserved;
    }
}
