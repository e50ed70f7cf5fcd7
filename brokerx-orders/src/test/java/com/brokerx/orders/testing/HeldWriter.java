package com.brokerx.orders.testing;

import com.brokerx.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Stops the writer of ZQUIET in the middle of a commit, lets requests line up behind it one after the other, and lets it go: so they reach
 * the book in just that order, each having looked at the order before the others changed it.
 */
public final class HeldWriter {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String QUEUED = "group_commit_queued{batch=\"orders-writer\",}";

    private final OrdersServer server;
    private final Handle lock;
    private final List<CompletableFuture<OrdersClient.Answer>> inLine = new ArrayList<>();

    private HeldWriter(OrdersServer server, Handle lock) {
        this.server = server;
        this.lock = lock;
    }

    /** @param first any request that has the writer commit something */
    public static HeldWriter hold(RunningOrders orders, Supplier<OrdersClient.Answer> first) {
        Jdbi jdbi = orders.database().jdbi();
        Handle lock = jdbi.open();
        takeLease(lock);
        HeldWriter held = new HeldWriter(orders.server(), lock);
        held.send(first);
        awaitWriter(jdbi);
        return held;
    }

    /** Begins a transaction in which no writer of ZQUIET can go on. */
    public static void takeLease(Handle lock) {
        lock.begin();
        lock.execute("SELECT 1 FROM book_leases WHERE symbol = 'ZQUIET' FOR UPDATE");
    }

    /** Waits until a writer stands still before a lease, in the middle of its transaction. */
    public static void awaitWriter(Jdbi jdbi) {
        Eventually.await("the writer waits for its lease", SOON, () -> jdbi.withHandle(HeldWriter::isWaiting));
    }

    private static boolean isWaiting(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                        AND wait_event_type = 'Lock' AND query LIKE '%FOR KEY SHARE%'""").mapTo(Integer.class).one() == 1;
    }

    /** Has a request take its place behind those before it. */
    public HeldWriter then(Supplier<OrdersClient.Answer> request) {
        int before = (int) server.metric(QUEUED);
        send(request);
        Eventually.await("the request waits for the writer", SOON, () -> server.metric(QUEUED) > before);
        return this;
    }

    private void send(Supplier<OrdersClient.Answer> request) {
        inLine.add(CompletableFuture.supplyAsync(
                request, work -> Thread.ofVirtual().start(work)));
    }

    /** Has something happen that needs no writer, then lets the writer go on as {@link #release}. */
    public List<OrdersClient.Answer> releaseAfter(Runnable meanwhile) {
        meanwhile.run();
        return release();
    }

    /** Lets the writer go on; the answers to what came behind the first request, in its order. */
    public List<OrdersClient.Answer> release() {
        lock.rollback();
        lock.close();
        return inLine.stream().skip(1).map(CompletableFuture::join).toList();
    }
}
