package com.brokerx.local.system;

import static com.brokerx.local.system.Trader.limit;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.reconcile.Reconcile;
import com.brokerx.local.system.Http.Answer;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Services killed with {@code kill -9} while people trade: no acknowledged order is lost or doubled, no money made or lost. */
@ParameterizedClass
@EnumSource(Brokerage.Shape.class)
class CrashIT {

    private static final String QUIET = "ZQUIET";
    private static final int TRADERS = 5;
    private static final long SHARES = 1_000;
    private static final BigDecimal CASH = new BigDecimal("100000.00");
    private static final int KILLS_OF_SERVICES = Integer.getInteger("brokerx.crash.kills", 8);
    private static final int KILLS_OF_THE_MONOLITH = Math.ceilDiv(KILLS_OF_SERVICES, 3);
    private static final int LEAST_ORDERS = 100;
    private static final String AGREED = "exit status 0";

    private static Brokerage brokerage;

    @Parameter
    private Brokerage.Shape shape;

    private final long seed = Long.getLong("brokerx.seed", System.nanoTime());
    private final Map<UUID, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private volatile boolean trading = true;

    @BeforeParameterizedClassInvocation
    static void open(Brokerage.Shape shape) {
        brokerage = Brokerage.open(shape);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        brokerage.close();
    }

    @Test
    void keepsEveryPromiseThroughCrashesOfAnyService() throws Exception {
        System.out.println("crash test with -Dbrokerx.seed=" + seed);
        List<Trader> traders = new ArrayList<>();
        for (int i = 0; i < TRADERS; i++) {
            Trader trader = brokerage.newTrader("crash" + i);
            trader.deposit(CASH.toPlainString());
            trader.receive(QUIET, SHARES);
            traders.add(trader);
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < TRADERS; i++) {
                Trader trader = traders.get(i);
                Random random = new Random(seed + i);
                work.add(threads.submit(() -> trade(trader, random)));
            }
            killServices(new Random(seed));
            assertThat(reconcile(Reconcile.PATIENCE))
                    .as("while trading goes on")
                    .endsWith(AGREED);
            trading = false;
            for (Future<?> trader : work) {
                trader.get(60, TimeUnit.SECONDS);
            }
        }
        settle(traders);

        noAcknowledgedOrderIsLostOrDoubled(traders);
        nothingIsHeld(traders);
        moneyAndSharesAreConserved(traders);
        everyTradeHasOneBuyerAndOneSeller(traders);
        assertThat(reconcile(Reconcile.PATIENCE)).endsWith(AGREED);
        whatIsChangedByHandIsFound();
    }

    /** What {@code ./brokerx reconcile} prints, and its exit status. */
    private static String reconcile(Duration patience) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int status = new Reconcile(
                        URI.create(brokerage.service(Brokerage.PORTFOLIOS).url()),
                        URI.create(brokerage.service(Brokerage.ORDERS).url()),
                        patience,
                        new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run();
        return printed.toString(StandardCharsets.UTF_8) + "exit status " + status;
    }

    private static void whatIsChangedByHandIsFound() {
        String settled = changed(Brokerage.PORTFOLIOS, """
                UPDATE settlements SET quantity = quantity + 1
                WHERE trade_id = (SELECT trade_id FROM settlements ORDER BY trade_id LIMIT 1) RETURNING trade_id""");
        String made = changed(Brokerage.ORDERS, """
                DELETE FROM trades WHERE id = (SELECT id FROM trades ORDER BY id DESC LIMIT 1) RETURNING id""");
        String entry = changed(Brokerage.PORTFOLIOS, """
                UPDATE entries SET reference = gen_random_uuid() WHERE id = 1 RETURNING id""");
        String order = changed(Brokerage.PORTFOLIOS, """
                UPDATE reservations SET ended_at = null, authorized = authorized + 1
                WHERE order_id = (SELECT min(order_id::text)::uuid FROM reservations) RETURNING order_id""");

        String printed = reconcile(Duration.ofSeconds(1));

        assertThat(printed)
                .endsWith("exit status 1")
                .containsPattern("trade " + settled + " .* was made as")
                .containsPattern("trade " + made + " .* was settled and never made")
                .containsPattern("seal \\d+ over entries " + entry + " to \\d+ is broken")
                .containsPattern("order " + order + " .* has ended and holds");
    }

    /** Changes a row as only the database's owner can, who switches off what protects it. */
    private static String changed(String database, String sql) {
        return brokerage.database(database).inTransaction(tx -> {
            tx.execute("SET LOCAL session_replication_role = replica");
            return tx.createQuery(sql).mapTo(String.class).one();
        });
    }

    /** Each service in turn, and until enough was traded for the checks to mean something. */
    private void killServices(Random random) {
        List<String> names = List.of(Brokerage.ORDERS, Brokerage.PORTFOLIOS, Brokerage.ORDERS, Brokerage.CLIENTS);
        int kills =
                switch (shape) {
                    case SERVICES -> KILLS_OF_SERVICES;
                    case MONOLITH -> KILLS_OF_THE_MONOLITH;
                };
        for (int turn = 0; turn < kills; turn++) {
            pause(500 + random.nextInt(1500));
            brokerage.service(names.get(turn % names.size())).restart();
        }
        Eventually.await("enough orders", Duration.ofSeconds(120), () -> acknowledgedOrders() >= LEAST_ORDERS);
    }

    /** Load acts at times of its own; never to wait for something to happen. */
    private static void pause(long milliseconds) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    private int acknowledgedOrders() {
        return acknowledged.values().stream().mapToInt(Set::size).sum();
    }

    private void trade(Trader trader, Random random) {
        Set<String> mine = acknowledged.computeIfAbsent(trader.id(), id -> ConcurrentHashMap.newKeySet());
        ConcurrentLinkedQueue<String> open = new ConcurrentLinkedQueue<>();
        while (trading) {
            try {
                if (random.nextInt(4) == 0 && !open.isEmpty()) {
                    trader.postAt(Brokerage.ORDERS, "/api/v1/orders/" + open.poll() + "/cancel", Map.of());
                } else {
                    place(trader, random, mine, open);
                }
            } catch (IOException down) {
                pause(50);
            }
        }
    }

    private static void place(Trader trader, Random random, Set<String> mine, ConcurrentLinkedQueue<String> open)
            throws IOException {
        Map<String, Object> order = new HashMap<>(limit(
                random.nextBoolean() ? "buy" : "sell",
                QUIET,
                1 + random.nextInt(20),
                "" + (95 + random.nextInt(11)) + ".00"));
        order.put("time_in_force", random.nextInt(5) == 0 ? "IOC" : "GTC");
        order.put("client_order_id", UUID.randomUUID().toString());
        Answer answer = placeUntilAnswered(trader, order);
        if (answer.status() == 201 || answer.status() == 200) {
            mine.add(answer.text("/id"));
            open.add(answer.text("/id"));
        }
    }

    /** A caller who hears nothing asks again with the same key, and must get one order for it. */
    private static Answer placeUntilAnswered(Trader trader, Map<String, Object> order) throws IOException {
        IOException last = new IOException("never tried");
        for (int attempt = 0; attempt < 20; attempt++) {
            try {
                Answer answer = trader.placeAt(Brokerage.ORDERS, order);
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (IOException noAnswer) {
                last = noAnswer;
            }
            pause(200);
        }
        throw last;
    }

    private static void settle(List<Trader> traders) {
        for (Trader trader : traders) {
            Eventually.await("orders that wait for funds are decided", Duration.ofSeconds(60), () -> trader.get(
                            Brokerage.ORDERS, "/api/v1/orders?status=pending_funds")
                    .expect(200)
                    .body()
                    .path("data")
                    .isEmpty());
            trader.post(Brokerage.ORDERS, "/api/v1/orders/cancel_all", Map.of()).expect(200);
        }
        Eventually.await("all events are delivered", Duration.ofSeconds(60), () -> waitingEvents() == 0);
    }

    private static long waitingEvents() {
        return List.of(Brokerage.ORDERS, Brokerage.PORTFOLIOS, Brokerage.CLIENTS).stream()
                .mapToLong(name -> brokerage.database(name).withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM outbox")
                        .mapTo(Long.class)
                        .one()))
                .sum();
    }

    private void noAcknowledgedOrderIsLostOrDoubled(List<Trader> traders) {
        for (Trader trader : traders) {
            List<JsonNode> orders = trader.list(Brokerage.ORDERS, "/api/v1/orders");
            assertThat(orders.stream().map(order -> order.path("id").asText()))
                    .containsAll(acknowledged.get(trader.id()));
            List<String> keys = orders.stream()
                    .filter(order -> !order.path("reject_code").asText().equals("service_unavailable"))
                    .map(order -> order.path("client_order_id").asText())
                    .toList();
            assertThat(keys).doesNotHaveDuplicates();
        }
    }

    private static void nothingIsHeld(List<Trader> traders) {
        for (Trader trader : traders) {
            Eventually.await(
                    "holds of " + trader.id() + " are free",
                    Duration.ofSeconds(30),
                    () -> trader.reserved().signum() == 0 && trader.reservedShares(QUIET) == 0);
        }
    }

    private static void moneyAndSharesAreConserved(List<Trader> traders) {
        assertThat(traders.stream().map(Trader::total).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(CASH.multiply(BigDecimal.valueOf(TRADERS)));
        assertThat(traders.stream().mapToLong(trader -> trader.shares(QUIET)).sum())
                .isEqualTo(SHARES * TRADERS);
    }

    private static void everyTradeHasOneBuyerAndOneSeller(List<Trader> traders) {
        Map<String, List<String>> sides = new HashMap<>();
        Map<String, Long> filled = new HashMap<>();
        Map<String, Long> expected = new HashMap<>();
        for (Trader trader : traders) {
            for (JsonNode trade : trader.list(Brokerage.ORDERS, "/api/v1/trades")) {
                sides.computeIfAbsent(trade.path("id").asText(), id -> new ArrayList<>())
                        .add(trade.path("direction").asText());
                filled.merge(
                        trade.path("order_id").asText(), trade.path("quantity").asLong(), Long::sum);
            }
            for (JsonNode order : trader.list(Brokerage.ORDERS, "/api/v1/orders")) {
                long quantity = order.path("filled_quantity").asLong();
                if (quantity > 0) {
                    expected.put(order.path("id").asText(), quantity);
                }
            }
        }
        assertThat(sides.values()).allSatisfy(both -> assertThat(both).containsExactlyInAnyOrder("buy", "sell"));
        assertThat(filled).isEqualTo(expected);
        assertThat(sides).isNotEmpty();
    }
}
