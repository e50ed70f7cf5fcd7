package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersProcess;
import com.brokerx.orders.testing.TableAudit;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two instances under load, of which one is killed every few seconds: whatever was acknowledged is there, once, and everything adds up. */
class CrashLoadIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLS = 3;
    private static final int CLIENTS = 6;
    /** Of all clients together, around each kill: those that are left after it meet the survivor while an heir starts. */
    private static final int STEPS_AROUND_A_KILL = 300;

    private static final int ORDERS_BEFORE_A_KILL = 90;

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final TableAudit tables = new TableAudit(database.jdbi());
    private final FakePortfolios portfolios = new FakePortfolios();
    private final AtomicInteger answers = new AtomicInteger();
    private final Map<String, UUID> acknowledged = new ConcurrentHashMap<>();
    private final List<OrdersProcess> running = new CopyOnWriteArrayList<>();
    private final List<URI> instances = new CopyOnWriteArrayList<>();
    private final Semaphore steps = new Semaphore(0);
    private volatile boolean over;

    @Test
    void killsUnderLoadLoseAndDoubleNothing() {
        try (TestIdentity identity = new TestIdentity()) {
            identity.serve();
            AtOnce.times(2, i -> start("crash-" + i, identity));
            List<OrdersClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                OrdersClient client = running.getFirst().client();
                portfolios.give(client.id(), "USD", "100000.00");
                portfolios.give(client.id(), "ZQUIET", "1000");
                clients.add(client);
            }

            AtOnce.times(CLIENTS + 1, i -> {
                if (i == CLIENTS) {
                    killOneAfterTheOther(identity);
                } else {
                    actUntilItIsOver(clients.get(i), new Random(i));
                }
                return null;
            });

            Eventually.await(
                    "nothing waits any more",
                    SOON,
                    () -> tables.count("orders WHERE status = 'pending_funds'") == 0
                            && tables.count("hold_changes") == 0);
            acknowledged.forEach((name, id) -> assertThat(
                            tables.count("orders WHERE id = '%s' AND client_order_id = '%s'".formatted(id, name)))
                    .isEqualTo(1));
            clients.forEach(client -> assertThat(client.at(instances.getFirst())
                            .post("/api/v1/orders/cancel_all", "{}")
                            .body()
                            .path("failed"))
                    .isEmpty());
            Eventually.await("nothing is held for no order", SOON, () -> clients.stream()
                    .allMatch(client -> portfolios.held(client.id(), "USD").signum() == 0
                            && portfolios.held(client.id(), "ZQUIET").signum() == 0));
            tables.requireThatAllIsDoneAndAddsUp();
            assertThat(tables.count("trades"))
                    .isEqualTo(portfolios.trades().size())
                    .isPositive();
            assertThat(portfolios.complaints()).isEmpty();
            assertThat(portfolios.total("USD")).isEqualByComparingTo("600000.00");
            assertThat(portfolios.total("ZQUIET")).isEqualByComparingTo("6000");
        } finally {
            running.forEach(OrdersProcess::close);
            portfolios.close();
        }
    }

    private OrdersProcess start(String instanceId, TestIdentity identity) {
        OrdersProcess process =
                OrdersProcess.start(instanceId, database, identity, portfolios, "orders.placing.recovery.after=5s");
        running.add(process);
        instances.add(process.url());
        return process;
    }

    private void killOneAfterTheOther(TestIdentity identity) {
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                int enough = answers.get() + ORDERS_BEFORE_A_KILL;
                steps.release(STEPS_AROUND_A_KILL);
                Eventually.await("orders are placed", SOON, () -> answers.get() >= enough);
                OrdersProcess victim = running.removeFirst();
                instances.remove(victim.url());
                victim.kill();
                start("crash-heir-" + kill, identity);
            }
        } finally {
            over = true;
            steps.release(CLIENTS);
        }
    }

    private void actUntilItIsOver(OrdersClient client, Random random) {
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; mayGoOn(); i++) {
            int dice = random.nextInt(10);
            if (dice < 6 || orders.isEmpty()) {
                place(client, client.id() + "-" + i, random, orders);
            } else {
                UUID order = orders.get(Math.max(0, orders.size() - 1 - random.nextInt(4)));
                change(client, order, random);
            }
        }
    }

    private boolean mayGoOn() {
        steps.acquireUninterruptibly();
        return !over;
    }

    /** As a client does who wants to know: the same order again until there is an answer. */
    private void place(OrdersClient client, String name, Random random, List<UUID> orders) {
        String direction = random.nextBoolean() ? "buy" : "sell";
        long quantity = 1 + random.nextInt(10);
        String price = "%d.00".formatted(99 + random.nextInt(3));
        for (boolean answered = false; !answered && !over; ) {
            try {
                Answer answer =
                        anywhere(client, random).limit("ZQUIET", direction, quantity, price, "client_order_id=" + name);
                answered = answer.status() != 503;
                if (answer.status() == 200 || answer.status() == 201) {
                    acknowledged.put(name, answer.id());
                    orders.add(answer.id());
                    answers.incrementAndGet();
                } else {
                    assertThat(answer.status()).isIn(422, 503);
                }
            } catch (UncheckedIOException killed) {
                assertThat(killed).hasCauseInstanceOf(IOException.class);
            }
        }
    }

    private void change(OrdersClient client, UUID order, Random random) {
        try {
            OrdersClient there = anywhere(client, random);
            Answer answer = random.nextBoolean()
                    ? there.cancel(order)
                    : there.replace(order, "{\"quantity\":%d}".formatted(1 + random.nextInt(12)));
            assertThat(answer.status()).isIn(200, 409, 422, 503);
        } catch (UncheckedIOException killed) {
            // What became of it is not known, as for any client; the sums in the end tell.
            assertThat(killed).hasCauseInstanceOf(IOException.class);
        }
    }

    private OrdersClient anywhere(OrdersClient client, Random random) {
        List<URI> known = List.copyOf(instances);
        return client.at(known.get(random.nextInt(known.size())));
    }
}
