package com.brokerx.local.bench;

import com.brokerx.local.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Programs that follow the live stream while orders come in, and how old an update is when it has reached them. One for each account
 * follows the account's orders, the others the quotes of one symbol each. A quote's age begins after its commit, that of an order's
 * entry before it. One thread reads for all of them.
 */
final class Subscribers implements AutoCloseable {

    private static final long LONGEST_MICROS = 60_000_000;
    private static final byte[] UPDATE = ascii("{\"type\":\"update\"");
    private static final byte[] GAP = ascii("{\"type\":\"gap\"");
    private static final String TIMESTAMP = "\"timestamp\":\"";

    private final Selector selector;
    private final Thread reader;
    private final List<StreamConnection> connections = new ArrayList<>();
    private final Map<String, Histogram> latencies = new TreeMap<>();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private volatile boolean measuring;
    private volatile boolean closing;

    /** A connection, and where the ages of its updates are noted. */
    private record Follower(StreamConnection connection, Histogram latency) {}

    /** Connects all of them. */
    Subscribers(URI orders, List<Account> accounts, List<String> symbols, int count) throws IOException {
        selector = Selector.open();
        latencies.put("orders", new ConcurrentHistogram(LONGEST_MICROS, 3));
        latencies.put("quotes", new ConcurrentHistogram(LONGEST_MICROS, 3));
        try {
            for (int i = 0; i < count; i++) {
                boolean ownOrders = i < accounts.size();
                String channel = ownOrders ? "orders" : "quotes:" + symbols.get(i % symbols.size());
                connect(orders, accounts.get(i % accounts.size()), channel, ownOrders ? "orders" : "quotes");
            }
        } catch (IOException failed) {
            closeAll();
            throw failed;
        }
        reader = Thread.ofPlatform().name("subscribers").daemon().start(this::read);
    }

    private void connect(URI orders, Account account, String channel, String kind) throws IOException {
        StreamConnection connection = StreamConnection.open(orders, "/api/v1/stream", account.token());
        connections.add(connection);
        connection.send("{\"action\":\"subscribe\",\"channels\":[\"" + channel + "\"]}");
        connection.register(selector, new Follower(connection, latencies.get(kind)));
    }

    private void read() {
        try {
            while (!closing) {
                selector.select(this::read, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key) {
        Follower follower = (Follower) key.attachment();
        try {
            follower.connection().read(message -> measure(message, follower.latency()));
        } catch (IOException | RuntimeException end) {
            key.cancel();
            ended.increment();
        }
    }

    private void measure(ByteBuffer message, Histogram latency) {
        if (!measuring) {
            return;
        }
        if (begins(message, UPDATE)) {
            String text = StandardCharsets.UTF_8.decode(message).toString();
            int from = text.lastIndexOf(TIMESTAMP) + TIMESTAMP.length();
            Instant committed = Instant.parse(text.substring(from, text.indexOf('"', from)));
            long micros = Duration.between(committed, Instant.now()).toNanos() / 1000;
            latency.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
        } else if (begins(message, GAP)) {
            gaps.increment();
        }
    }

    private static boolean begins(ByteBuffer message, byte[] with) {
        return message.remaining() >= with.length
                && message.slice(message.position(), with.length).equals(ByteBuffer.wrap(with));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** From now on what comes counts. */
    void begin() {
        measuring = true;
    }

    /** @throws UserError when the server has ended some of the connections */
    void show(int seconds, PrintStream out) {
        measuring = false;
        if (ended.sum() > 0) {
            throw new UserError(ended.sum() + " of " + connections.size() + " connections of the stream were ended.");
        }
        latencies.forEach((channel, latency) -> out.printf(
                "  %-8s %,9.0f updates/s  age: p50 %.1f  p95 %.1f  p99 %.1f  p99.9 %.1f ms%n",
                channel,
                latency.getTotalCount() / (double) seconds,
                latency.getValueAtPercentile(50) / 1000.0,
                latency.getValueAtPercentile(95) / 1000.0,
                latency.getValueAtPercentile(99) / 1000.0,
                latency.getValueAtPercentile(99.9) / 1000.0));
        out.printf("  %,d connections, %,d gaps%n", connections.size(), gaps.sum());
        out.flush();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closing = true;
        selector.wakeup();
        reader.join();
        closeAll();
    }

    private void closeAll() throws IOException {
        for (StreamConnection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
