package com.brokerx.local.bench;

import com.brokerx.local.UserError;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Programs that follow the live stream while orders come in, and how old an update is when it has reached them. One for each account
 * follows the account's orders, the others the quotes of one symbol each. A quote's age begins after its commit, that of an order's
 * entry before it.
 */
final class Subscribers implements AutoCloseable {

    private static final long LONGEST_MICROS = 60_000_000;
    private static final String UPDATE = "{\"type\":\"update\"";
    private static final String TIMESTAMP = "\"timestamp\":\"";
    private static final int AT_ONCE = 50;

    private final URI address;
    private final List<WebSocket> sockets = new ArrayList<>();
    private final Map<String, Histogram> latencies = new TreeMap<>();
    private final LongAdder gaps = new LongAdder();
    private volatile boolean measuring;

    /** Connects all of them. */
    Subscribers(URI orders, List<Account> accounts, List<String> symbols, int count) {
        address = URI.create(orders.toString().replaceFirst("^http", "ws") + "/api/v1/stream");
        latencies.put("orders", new ConcurrentHistogram(LONGEST_MICROS, 3));
        latencies.put("quotes", new ConcurrentHistogram(LONGEST_MICROS, 3));
        List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean ownOrders = i < accounts.size();
            String channel = ownOrders ? "orders" : "quotes:" + symbols.get(i % symbols.size());
            opening.add(connect(
                    accounts.get(i % accounts.size()), channel, latencies.get(ownOrders ? "orders" : "quotes")));
            if (opening.size() == AT_ONCE || i == count - 1) {
                opening.forEach(socket -> sockets.add(socket.join()));
                opening.clear();
            }
        }
    }

    private CompletableFuture<WebSocket> connect(Account account, String channel, Histogram latency) {
        return Services.HTTP
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + account.token())
                .buildAsync(address, new Follower(latency))
                .thenCompose(socket ->
                        socket.sendText("{\"action\":\"subscribe\",\"channels\":[\"" + channel + "\"]}", true));
    }

    /** From now on what comes counts. */
    void begin() {
        measuring = true;
    }

    /** @throws UserError when the server has ended some of the connections */
    void show(int seconds, PrintStream out) {
        measuring = false;
        long ended = sockets.stream().filter(WebSocket::isInputClosed).count();
        if (ended > 0) {
            throw new UserError(ended + " of " + sockets.size() + " connections of the stream were ended.");
        }
        latencies.forEach((channel, latency) -> out.printf(
                "  %-8s %,9.0f updates/s  age: p50 %.1f  p95 %.1f  p99 %.1f  p99.9 %.1f ms%n",
                channel,
                latency.getTotalCount() / (double) seconds,
                latency.getValueAtPercentile(50) / 1000.0,
                latency.getValueAtPercentile(95) / 1000.0,
                latency.getValueAtPercentile(99) / 1000.0,
                latency.getValueAtPercentile(99.9) / 1000.0));
        out.printf("  %,d connections, %,d gaps%n", sockets.size(), gaps.sum());
        out.flush();
    }

    @Override
    public void close() {
        sockets.forEach(WebSocket::abort);
    }

    private final class Follower implements WebSocket.Listener {

        private final Histogram latency;
        private final StringBuilder part = new StringBuilder();

        Follower(Histogram latency) {
            this.latency = latency;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                if (measuring) {
                    measure(part);
                }
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void measure(StringBuilder message) {
            if (message.indexOf("\"gap\"") == 8) {
                gaps.increment();
            }
            if (message.indexOf(UPDATE) == 0) {
                int from = message.lastIndexOf(TIMESTAMP) + TIMESTAMP.length();
                Instant committed = Instant.parse(message.substring(from, message.indexOf("\"", from)));
                long micros = Duration.between(committed, Instant.now()).toNanos() / 1000;
                latency.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
            }
        }
    }
}
