package com.brokerx.orders.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.FreePort;
import com.brokerx.testing.StreamClient;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** Two instances that tell each other through Redis, of which one owns all books, and a Redis that goes away. */
class StreamTwoInstancesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final int RECONNECTS = 5;
    private static final int MOST_ORDERS = 300;

    private static TestDatabase database;
    private static TestIdentity identity;
    private static FakePortfolios portfolios;
    private static RedisServer redis;
    private static OrdersServer owner;
    private static OrdersServer other;

    @BeforeAll
    static void start() throws IOException {
        database = TestDatabase.migrated("orders/migrations.xml");
        identity = new TestIdentity();
        portfolios = new FakePortfolios();
        int port = FreePort.find();
        redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        String[] settings = {"orders.stream.redis.host=127.0.0.1", "orders.stream.redis.port=" + port};
        owner = OrdersServer.start("owner", database, identity, portfolios, settings);
        other = OrdersServer.start("other", database, identity, portfolios, settings);
    }

    @AfterAll
    static void stop() throws IOException {
        owner.close();
        other.close();
        redis.stop();
        portfolios.close();
        identity.close();
    }

    private static OrdersClient funded(OrdersServer server) {
        OrdersClient client = server.client();
        portfolios.give(client.id(), "USD", "1000000.00");
        for (String symbol : List.of("AAPL", "MSFT", "TSLA", "ZQUIET")) {
            portfolios.give(client.id(), symbol, "10000");
        }
        return client;
    }

    private StreamClient stream(URI server, OrdersClient client) {
        return StreamClient.connect(server, identity.token(client.id()));
    }

    @Test
    void aProgramThatDropsAndResumesUnderLoadMissesNothingAndSeesNothingTwice() {
        OrdersClient buyer = funded(owner);
        OrdersClient seller = funded(other);
        AtomicInteger connections = new AtomicInteger();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> AtOnce.times(8, worker -> {
            for (int i = 0; i < MOST_ORDERS && connections.get() < RECONNECTS; i++) {
                URI server = i % 2 == 0 ? owner.url() : other.url();
                if (worker % 2 == 0) {
                    buyer.at(server).limit("AAPL", "buy", 2, "175.00");
                } else {
                    seller.at(server).limit("AAPL", "sell", 2, "175.00");
                }
            }
            return worker;
        }));

        List<Long> seen = new ArrayList<>();
        long last = 0;
        while (!load.isDone() || last < lastEntry(buyer)) {
            URI server = connections.getAndIncrement() % 2 == 0 ? owner.url() : other.url();
            try (StreamClient stream = stream(server, buyer)) {
                stream.subscribeAfter(last);
                long wanted = last + 10;
                Eventually.await(
                        "ten more entries, or the end",
                        SOON,
                        () -> lastSeen(stream) >= wanted || load.isDone() && lastSeen(stream) >= lastEntry(buyer));
                stream.drop();
                stream.received("update", "orders")
                        .forEach(update -> seen.add(update.path("sequence").asLong()));
                last = seen.isEmpty() ? 0 : seen.getLast();
            }
        }

        assertThat(connections).hasValueGreaterThanOrEqualTo(RECONNECTS);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, lastEntry(buyer)).boxed().toList());
    }

    private static long lastSeen(StreamClient stream) {
        List<JsonNode> updates = stream.received("update", "orders");
        return updates.isEmpty() ? 0 : updates.getLast().path("sequence").asLong();
    }

    private static long lastEntry(OrdersClient client) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT coalesce(max(last_sequence), 0) FROM client_logs WHERE client_id = :client")
                .bind("client", client.id())
                .mapTo(Long.class)
                .one());
    }

    @Test
    void anInstanceWithoutTheBookShowsItChangeByChange() {
        OrdersClient buyer = funded(owner);
        OrdersClient seller = funded(owner);
        try (StreamClient stream = stream(other.url(), buyer)) {
            stream.subscribe("book:MSFT", "trades:MSFT", "quotes:MSFT");
            stream.awaitSnapshot("book:MSFT");
            stream.awaitSnapshot("trades:MSFT");
            for (int i = 0; i < 20; i++) {
                buyer.limit("MSFT", "buy", 3, (370 + i % 7) + ".00");
                seller.limit("MSFT", "sell", 2, (374 + i % 5) + ".00");
            }
            Eventually.await(
                    "the book is the same", SOON, () -> book(stream, "MSFT").equals(bookOf(owner, "MSFT")));
            Eventually.await("all trades", SOON, () -> tradesOf(stream) == tradesOf(owner, "MSFT"));

            assertThat(sequences(stream, "book:MSFT")).isNotEmpty();
            assertThat(sequences(stream, "trades:MSFT"))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, tradesOf(owner, "MSFT"))
                            .boxed()
                            .toList());
            assertRisesByOne(sequences(stream, "book:MSFT"));
            assertRisesByOne(sequences(stream, "quotes:MSFT"));
        }
    }

    @Test
    void withoutRedisWhatWasMissedIsFoundByLooking() throws IOException {
        OrdersClient buyer = funded(owner);
        try (StreamClient stream = stream(other.url(), buyer)) {
            stream.subscribe("orders", "book:TSLA").awaitSnapshot("book:TSLA");
            redis.stop();
            try {
                for (int i = 0; i < 5; i++) {
                    buyer.limit("TSLA", "buy", 1, "240.00");
                }
                Eventually.await("all entries", SOON, () -> lastSeen(stream) == 5);
                Eventually.await("the book", SOON, () -> book(stream, "TSLA").equals(bookOf(owner, "TSLA")));
            } finally {
                redis.start();
            }
            buyer.limit("TSLA", "buy", 1, "239.00");
            Eventually.await("the entry after that", SOON, () -> lastSeen(stream) == 6);
            assertRisesByOne(sequences(stream, "orders"));
        }
    }

    private static List<Long> sequences(StreamClient stream, String channel) {
        return stream.received("update", channel).stream()
                .map(update -> update.path("sequence").asLong())
                .toList();
    }

    private static void assertRisesByOne(List<Long> sequences) {
        for (int i = 1; i < sequences.size(); i++) {
            assertThat(sequences.get(i)).isEqualTo(sequences.get(i - 1) + 1);
        }
    }

    private static long tradesOf(StreamClient stream) {
        return stream.received("update", "trades:MSFT").size();
    }

    private static long tradesOf(OrdersServer server, String symbol) {
        return server.client()
                .get("/api/v1/market_data/" + symbol + "/trades?limit=200")
                .body()
                .path("data")
                .size();
    }

    /** Quantities by price: the snapshot, and every change after it. */
    private static Map<String, Long> book(StreamClient stream, String symbol) {
        Map<String, Long> levels = new TreeMap<>();
        stream.received().stream()
                .filter(message -> message.path("channel").asText().equals("book:" + symbol))
                .forEach(message -> {
                    if (message.path("type").asText().equals("snapshot")) {
                        levels.clear();
                    }
                    addLevels(message.path("data"), levels);
                });
        return levels;
    }

    private static Map<String, Long> bookOf(OrdersServer server, String symbol) {
        Map<String, Long> levels = new TreeMap<>();
        addLevels(
                server.client()
                        .get("/api/v1/market_data/" + symbol + "?depth=100")
                        .body()
                        .at("/data/orderbook"),
                levels);
        return levels;
    }

    private static void addLevels(JsonNode book, Map<String, Long> levels) {
        for (String side : List.of("bids", "asks")) {
            for (JsonNode level : book.path(side)) {
                String key = side + " " + level.get(0).asText();
                if (level.get(1).asLong() == 0) {
                    levels.remove(key);
                } else {
                    levels.put(key, level.get(1).asLong());
                }
            }
        }
    }
}
