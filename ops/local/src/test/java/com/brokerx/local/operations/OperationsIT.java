package com.brokerx.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.browser.Browser;
import com.brokerx.local.failover.Failover;
import com.brokerx.local.stack.Programs;
import com.brokerx.local.stack.TemporaryStack;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.StreamClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A whole BrokerX in operation: switched to the monolith and back under load, then broken, and watched by a real Prometheus. */
@TestMethodOrder(OrderAnnotation.class)
class OperationsIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("target/operations").toAbsolutePath();
    private static final int LOAD_THREADS = 3;
    private static final int SEEN_ENOUGH = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final SpanCollector COLLECTOR = SpanCollector.start();

    private static TemporaryStack stack;
    private static URI gateway;
    private static Caller client;

    private record Answer(String key, int status, String instance, String body) {}

    @BeforeAll
    static void start() throws Exception {
        // Nobody takes mail: sign-in codes come in answers, and failed mails are something to see in the metrics.
        stack = TemporaryStack.start(
                ROOT,
                FOLDER,
                new TemporaryStack.Options(
                        true,
                        2,
                        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        Map.of("SMTP_PORT", "1", "OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR.endpoint())));
        gateway = stack.address("gateway");
        client = Caller.register(gateway);
        Eventually.await(
                "the default portfolio",
                PATIENCE,
                () -> client.send("GET", "/api/v1/portfolio", null).statusCode() == 200);
        client.give(stack.address("portfolios"), "USD", "90000.00");
        client.give(stack.address("portfolios"), "ZQUIET", "100");
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
        COLLECTOR.close();
    }

    @Test
    @Order(0)
    void theStreamPassesTheGatewayWithoutAnApiKeyAndTellsOfOrdersOfBothInstances() {
        try (StreamClient first = client.follow("/api/v1/stream");
                StreamClient second = client.follow("/cable")) {
            // The gateway takes the instances in turn.
            for (StreamClient follower : List.of(first, second)) {
                follower.subscribe("orders", "book:ZQUIET");
                follower.awaitSnapshot("book:ZQUIET");
                follower.awaitSnapshot("orders");
            }
            String placed = Caller.tree(client.order("ZQUIET", "buy", "50.50", "followed"))
                    .path("id")
                    .asText();
            for (StreamClient follower : List.of(first, second)) {
                follower.await(
                        "the order",
                        message -> message.at("/data/order/id").asText().equals(placed));
                follower.await("the level", StreamClient.of("update", "book:ZQUIET"));
            }
            client.send("POST", "/api/v1/orders/" + placed + "/cancel", Map.of());
        }
    }

    @Test
    @Order(1)
    void theGatewayMovesToTheMonolithAndBackUnderLoadWithoutLosingOrDoublingAnOrder() throws Exception {
        stack.startMonolith();
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> load = new ArrayList<>();
        for (int thread = 0; thread < LOAD_THREADS; thread++) {
            String name = "load-" + thread;
            load.add(Thread.ofVirtual().start(() -> placeUntil(enough, name, answers)));
        }
        awaitAnswersOf("orders-1", answers, 0);
        failover("monolith");
        awaitAnswersOf("monolith-1", answers, 0);
        failover("services");
        awaitAnswersOf("orders-1", answers, answers.size());
        enough.set(true);
        for (Thread thread : load) {
            thread.join();
        }

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(201));
        assertThat(orderKeys().stream().filter(key -> key.startsWith("load-")))
                .as("each acknowledged order is there once")
                .containsExactlyInAnyOrderElementsOf(
                        answers.stream().map(Answer::key).toList());
    }

    /** Buys far below the market, so that the orders rest. */
    private static void placeUntil(AtomicBoolean enough, String name, Queue<Answer> answers) {
        for (int number = 0; !enough.get(); number++) {
            String key = name + "-" + number;
            HttpResponse<String> answer = client.order("ZQUIET", "buy", "51.00", key);
            answers.add(new Answer(
                    key,
                    answer.statusCode(),
                    answer.headers().firstValue("X-Instance-Id").orElse("none"),
                    answer.body()));
        }
    }

    private static void awaitAnswersOf(String instance, Queue<Answer> answers, int since) {
        Eventually.await(
                "answers of " + instance,
                PATIENCE,
                () -> answers.stream()
                                .skip(since)
                                .filter(answer -> answer.instance().equals(instance))
                                .count()
                        >= SEEN_ENOUGH);
    }

    private static List<String> orderKeys() {
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get("/api/v1/orders?limit=200" + cursor);
            page.path("data")
                    .forEach(order -> keys.add(order.path("client_order_id").asText()));
            JsonNode next = page.at("/meta/next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : null;
        } while (cursor != null);
        return keys;
    }

    /** With the door that this stack has: one consumer, no limit. */
    private static void failover(String to) throws IOException, InterruptedException {
        Path door = FOLDER.resolve("door/kong");
        Files.createDirectories(door);
        Files.copy(
                ROOT.resolve("kong/configuration.sh"),
                door.resolve("configuration.sh"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                FOLDER.resolve("kong.yml"),
                door.resolve("kong.yml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Failover.with(door.getParent(), stack.gatewayAdmin(), stack.address("monolith"), List.of(to), System.out)
                .run();
    }

    @Test
    @Order(2)
    void aPersonReadsTheApiInABrowserAndTriesIt() throws Exception {
        try (Browser browser = Browser.open()) {
            browser.open(gateway.resolve("/docs"));
            for (String service : List.of("clients", "portfolios", "orders")) {
                browser.click("#select option[value='/docs/" + service + ".yaml']");
                browser.awaitText(".info .title", "BrokerX " + service);
                browser.awaitElement(".opblock");
            }
            String operation = "[id^=operations-][id$=-instruments]";
            browser.click(operation + " .opblock-summary-control");
            browser.click(operation + " .try-out__btn");
            browser.click(operation + " .execute");
            browser.awaitText(operation + " .live-responses-table .response .response-col_status", "200");
            assertThat(browser.text(operation + " .live-responses-table")).contains("ZQUIET");
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void everyDashboardAndEveryAlertShowsSomethingAfterTradingAndAFault() throws Exception {
        Programs.need("prometheus", "prometheus");
        stack.startPrometheus();
        try (StreamClient watching = client.follow("/api/v1/stream");
                StreamClient refused = new Caller(gateway, "", "nonsense").follow("/api/v1/stream")) {
            watching.subscribe("orders", "quotes:ZQUIET", "book:ZQUIET", "trades:ZQUIET");
            refused.awaitClose();
            URI prometheus = stack.address("prometheus");
            String settled = "settlement_lag_seconds_count{job='portfolios'}";
            Eventually.await("a scrape before the first trade", PATIENCE, () -> Queries.hasData(prometheus, settled));
            trade();
            beRefused();
            Eventually.await(
                    "a scrape that sees the trades settled",
                    PATIENCE,
                    () -> Queries.hasData(prometheus, "rate(" + settled + "[1m]) > 0"));
            loseAService();
            awaitDataOfAllQueries(prometheus);
        }
    }

    private static void awaitDataOfAllQueries(URI prometheus) throws IOException {
        Map<String, String> queries = new TreeMap<>(Queries.ofDashboards());
        queries.putAll(Queries.ofAlerts());
        assertThat(queries).hasSizeGreaterThan(60);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!queries.isEmpty() && System.nanoTime() < deadline) {
            goOn();
            queries.values().removeIf(expression -> Queries.hasData(prometheus, expression));
        }
        assertThat(queries).as("expressions without data").isEmpty();
    }

    /**
     * Buys as part of a trace that the caller records, through the gateway and at each instance of orders, of which only one owns the
     * book. The trace has to reach that one, and portfolios with the reservation and with the event.
     */
    private static void trade() {
        Caller other = Caller.register(gateway);
        Eventually.await(
                "the default portfolio",
                PATIENCE,
                () -> other.send("GET", "/api/v1/portfolio", null).statusCode() == 200);
        other.post("/api/v1/deposits", Map.of("amount", "1000.00"));
        for (URI door : List.of(gateway, stack.address("orders"), stack.address("orders-2"))) {
            assertThat(client.order("ZQUIET", "sell", "100.00", "sale at " + door)
                            .statusCode())
                    .isEqualTo(201);
            HttpResponse<String> purchase = other.through(door)
                    .order("ZQUIET", "buy", "100.00", "purchase at " + door, COLLECTOR.traceparent());
            assertThat(Caller.tree(purchase).path("status").asText())
                    .as(purchase.body())
                    .isEqualTo("filled");
        }
        Eventually.await("settlement", PATIENCE, () -> other.get("/api/v1/portfolio")
                .at("/data/cash_balance")
                .asText()
                .equals("700.00"));
        Eventually.await(
                "the trace in all services",
                PATIENCE,
                () -> COLLECTOR.has("portfolios-1", "POST /internal/reservations", "trade.executed")
                        && COLLECTOR.has("orders-1", "POST /api/v1/orders", "orders-funds")
                        && COLLECTOR.has("orders-2", "POST /api/v1/orders", "orders-funds")
                        && (COLLECTOR.has("orders-1", "orders.forwarded", "orders.book")
                                || COLLECTOR.has("orders-2", "orders.forwarded", "orders.book")));
    }

    private static void beRefused() {
        assertThat(client.withoutKey("/api/v1/orders").statusCode()).isEqualTo(401);
        assertThat(client.order("ZQUIET", "buy", "100.00", "no-tick-" + System.nanoTime())
                        .statusCode())
                .isEqualTo(201);
        assertThat(client.order("ZQUIET", "buy", "1.00", "outside-the-band").statusCode())
                .isEqualTo(422);
        assertThat(client.send("GET", "/nowhere", null).statusCode()).isEqualTo(404);
    }

    private static void loseAService() {
        stack.processes().get("portfolios").destroyForcibly();
        Eventually.await(
                "a breaker or a refused connection",
                PATIENCE,
                () -> client.order("ZQUIET", "buy", "51.00", "lost-" + System.nanoTime())
                                .statusCode()
                        == 503);
    }

    /** Rates need something that goes on. */
    private static void goOn() {
        client.order("ZQUIET", "buy", "51.00", "again-" + System.nanoTime());
        client.get("/api/v1/me");
        client.withoutKey("/api/v1/orders");
        new Caller(gateway, "", "").send("GET", "/api/v1/me", null);
    }
}
