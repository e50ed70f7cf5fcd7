package com.brokerx.orders.stream;

import com.brokerx.commons.json.Json;
import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersProcess;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What it costs one instance when thousands of programs follow it at once: started by hand, as it keeps a machine busy for a minute.
 * The instance is a process of its own with a bounded heap; orders come at a steady rate, and every reader of their symbol is told
 * of each of them.
 */
public final class StreamCrowd {

    private static final int CONNECTIONS_OF_A_CLIENT = 50;
    private static final List<String> SYMBOLS =
            List.of("AAPL", "MSFT", "GOOGL", "AMZN", "META", "TSLA", "NVDA", "ZQUIET");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LONGEST_MILLIS = 20_000;

    private final LongAdder snapshots = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder disorder = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final AtomicLongArray millis = new AtomicLongArray(LONGEST_MILLIS + 1);

    private StreamCrowd() {}

    /** @param args connections, subscriptions of each (13 at most), orders a second, seconds */
    public static void main(String[] args) {
        int connections = Integer.parseInt(args[0]);
        int channels = Integer.parseInt(args[1]);
        new StreamCrowd().run(connections, channels, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        System.exit(0);
    }

    private void run(int connections, int channels, int ordersPerSecond, int seconds) {
        TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
        try (TestIdentity identity = new TestIdentity();
                FakePortfolios portfolios = new FakePortfolios();
                OrdersProcess server = OrdersProcess.startWithHeap("512m", "crowd", database, identity, portfolios);
                HttpClient http = HttpClient.newHttpClient()) {
            say("before", server);
            long began = System.nanoTime();
            List<WebSocket> sockets = connect(connections, channels, server.url(), identity, http);
            long wanted = (long) connections * channels;
            Eventually.await(wanted + " snapshots", PATIENCE, () -> snapshots.sum() == wanted);
            System.out.printf(
                    "%d connections, %d subscriptions, each with its snapshot after %.1f s%n",
                    sockets.size(), wanted, (System.nanoTime() - began) / 1e9);
            say("connected", server);

            int placed = trade(server, portfolios, ordersPerSecond, seconds);
            long atTheEnd = updates.sum();
            say("under load", server);
            System.out.printf(
                    "%d orders in %d s, %d updates received (%d a second), %d gaps, %d out of order, %d connections ended%n",
                    placed, seconds, atTheEnd, atTheEnd / seconds, gaps.sum(), disorder.sum(), ended.sum());
            System.out.printf(
                    "from the commit to the reader: p50 %d ms, p95 %d ms, p99 %d ms, longest %d ms%n",
                    percentile(0.50), percentile(0.95), percentile(0.99), percentile(1));
            sockets.forEach(WebSocket::abort);
        }
    }

    private List<WebSocket> connect(int connections, int channels, URI server, TestIdentity identity, HttpClient http) {
        URI address = URI.create(server.toString().replaceFirst("^http", "ws") + "/api/v1/stream");
        List<WebSocket> sockets = new ArrayList<>();
        String token = null;
        for (int i = 0; i < connections; i++) {
            if (i % CONNECTIONS_OF_A_CLIENT == 0) {
                token = identity.token(UUID.randomUUID());
            }
            WebSocket socket = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .buildAsync(address, new Reader())
                    .join();
            socket.sendText(subscription(i, channels), true).join();
            sockets.add(socket);
        }
        return sockets;
    }

    /** Everybody's own orders and all quotes; the books are spread over the connections. */
    private static String subscription(int connection, int channels) {
        List<String> names = new ArrayList<>(List.of("orders"));
        SYMBOLS.forEach(symbol -> names.add("quotes:" + symbol));
        for (int i = 0; i < SYMBOLS.size() / 2; i++) {
            names.add("book:" + SYMBOLS.get((connection + i) % SYMBOLS.size()));
        }
        return "{\"action\":\"subscribe\",\"channels\":[\"%s\"]}"
                .formatted(String.join("\",\"", names.subList(0, channels)));
    }

    /** Buys that rest at changing prices, in one symbol after the other, and go again. */
    private static int trade(OrdersProcess server, FakePortfolios portfolios, int perSecond, int seconds) {
        OrdersClient client = server.client();
        portfolios.give(client.id(), "USD", "100000000.00");
        Map<String, Integer> prices = new HashMap<>(
                Map.of("AAPL", 170, "MSFT", 370, "GOOGL", 135, "AMZN", 180, "META", 490, "TSLA", 245, "NVDA", 470));
        prices.put("ZQUIET", 90);
        long start = System.nanoTime();
        int placed = 0;
        while (placed < perSecond * seconds) {
            LockSupport.parkNanos(start + placed * 1_000_000_000L / perSecond - System.nanoTime());
            String symbol = SYMBOLS.get(placed % SYMBOLS.size());
            int price = prices.merge(symbol, placed % 16 < 8 ? 1 : -1, Integer::sum);
            OrdersClient.Answer answer = client.limit(symbol, "buy", 1, price + ".00");
            if (answer.status() != 201) {
                throw new IllegalStateException("refused: " + answer.body());
            }
            placed++;
        }
        return placed;
    }

    private int percentile(double share) {
        long all = 0;
        for (int i = 0; i <= LONGEST_MILLIS; i++) {
            all += millis.get(i);
        }
        long below = 0;
        for (int i = 0; i <= LONGEST_MILLIS; i++) {
            below += millis.get(i);
            if (below >= Math.ceil(all * share)) {
                return i;
            }
        }
        return LONGEST_MILLIS;
    }

    private static void say(String when, OrdersProcess server) {
        System.out.printf(
                "%s: %.0f threads, heap %.0f MB of %.0f, resident %d MB, %.0f s of processor%n",
                when,
                server.metric("jvm_threads_current"),
                server.metric("jvm_memory_bytes_used{area=\"heap\",}") / 1e6,
                server.metric("jvm_memory_bytes_max{area=\"heap\",}") / 1e6,
                (long) (server.metric("process_resident_memory_bytes") / 1e6),
                server.metric("process_cpu_seconds_total"));
    }

    /** Counts, and remembers no more than the last number of each channel. */
    private final class Reader implements WebSocket.Listener {

        private final StringBuilder part = new StringBuilder();
        private final Map<String, Long> last = new HashMap<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                take(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(String text) {
            Instant now = Instant.now();
            JsonNode message = parse(text);
            String channel = message.path("channel").asText();
            long sequence = message.path("sequence").asLong();
            switch (message.path("type").asText()) {
                case "snapshot" -> snapshots.increment();
                case "update" -> {
                    updates.increment();
                    if (last.get(channel) != sequence - 1) {
                        disorder.increment();
                    }
                    Instant committed = Instant.parse(message.path("timestamp").asText());
                    long took = Math.max(0, Duration.between(committed, now).toMillis());
                    millis.incrementAndGet((int) Math.min(LONGEST_MILLIS, took));
                }
                case "gap" -> gaps.increment();
                default -> {
                    return;
                }
            }
            last.put(channel, sequence);
        }

        private static JsonNode parse(String text) {
            try {
                return Json.mapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("not JSON: " + text, e);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.increment();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.increment();
        }
    }
}
