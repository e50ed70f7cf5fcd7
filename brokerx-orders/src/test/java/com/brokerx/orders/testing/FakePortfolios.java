package com.brokerx.orders.testing;

import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.facades.events.OrdersReported;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveBatch;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveResult;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveResults;
import com.brokerx.facades.portfolios.PortfoliosFacade.JournalRequest;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A small portfolios service over real HTTP, which fails on demand. It stands for the clients service as well, as far as that is told what
 * to mail.
 */
public final class FakePortfolios implements AutoCloseable {

    private static final Duration LATE_BY = Duration.ofSeconds(1);

    /** How it answers at present. */
    public enum Mode {
        UP,
        /** Answers 503. */
        DOWN,
        /** Takes the request, does what it asks, and does not answer. */
        SILENT,
        /** Takes the request and does what it asks when nobody waits for it any more. */
        LATE
    }

    private final HttpServer server;
    private final FakeLedger ledger = new FakeLedger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mode mode = Mode.UP;
    private volatile boolean eventsWelcome = true;
    private volatile Runnable onBalance = () -> {};
    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicInteger heldUp = new AtomicInteger();
    private final List<OrdersReported> reported = new CopyOnWriteArrayList<>();
    private volatile Consumer<List<ReserveRequest>> beforeReserve = requests -> {};
    private volatile Consumer<List<ReserveRequest>> afterReserve = requests -> {};

    public FakePortfolios() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/reservations", this::reserve);
        server.createContext("/internal/balance/", this::balance);
        server.createContext("/internal/journals", this::journal);
        server.createContext("/internal/webhooks/portfolios", this::events);
        server.createContext("/internal/webhooks/clients", this::mails);
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    public void mode(Mode next) {
        mode = next;
    }

    /** While not welcome, events are answered with 503 and stay in the sender's outbox. */
    public void welcomeEvents(boolean welcome) {
        eventsWelcome = welcome;
    }

    /** Has {@code hook} called with each batch before it is looked at. */
    public void beforeReserve(Consumer<List<ReserveRequest>> hook) {
        beforeReserve = hook;
    }

    /** Has {@code hook} called with each batch when its holds are there, and before it is answered. */
    public void afterReserve(Consumer<List<ReserveRequest>> hook) {
        afterReserve = hook;
    }

    /** What the clients service, which this stands for as well, was told to mail. */
    public List<OrdersReported> reported() {
        return reported;
    }

    /** What no orders service must ever cause. */
    public List<String> complaints() {
        return ledger.complaints();
    }

    /** Has {@code hook} called whenever somebody asks what a client has. */
    public void onBalance(Runnable hook) {
        onBalance = hook;
    }

    public void give(UUID client, String asset, String amount) {
        ledger.give(client, asset, amount);
    }

    public BigDecimal owned(UUID client, String asset) {
        return ledger.owned(client, asset);
    }

    public BigDecimal held(UUID client, String asset) {
        return ledger.held(client, asset);
    }

    /** Neither of cash nor of shares. */
    public boolean holdsNothing(UUID client) {
        return ledger.holdsNothing(client);
    }

    /** What is held for one order; zero for one that it does not know. */
    public BigDecimal heldFor(UUID order) {
        return ledger.heldFor(order);
    }

    public boolean isClosed(UUID order) {
        return ledger.isClosed(order);
    }

    /** Over all clients, fees that the house got included. */
    public BigDecimal total(String asset) {
        return ledger.total(asset);
    }

    public List<TradeExecuted> trades() {
        return ledger.trades();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    /** What is being stopped before it is looked at never arrived. */
    public void forgetStopped() {
        forgotten.incrementAndGet();
    }

    private void reserve(HttpExchange exchange) throws IOException {
        ReserveBatch batch = Json.mapper().readValue(exchange.getRequestBody(), ReserveBatch.class);
        int before = forgotten.get();
        beforeReserve.accept(batch.reservations());
        if (forgotten.get() > before) {
            exchange.close();
            return;
        }
        if (mode == Mode.DOWN) {
            answer(exchange, 503, Map.of("code", "service_unavailable"));
            return;
        }
        if (mode == Mode.LATE) {
            awaitClose(LATE_BY);
        }
        List<ReserveResult> results = batch.reservations().stream()
                .map(request -> ReserveResult.of(ledger.reserve(request)))
                .toList();
        afterReserve.accept(batch.reservations());
        if (mode == Mode.SILENT) {
            awaitClose(Duration.ofMinutes(1));
        } else {
            answer(exchange, 200, new ReserveResults(results));
        }
    }

    /** How many requests were taken up after nobody waited for them any more. */
    public int heldUp() {
        return heldUp.get();
    }

    private void awaitClose(Duration atMost) {
        try {
            if (!closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                heldUp.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void balance(HttpExchange exchange) throws IOException {
        onBalance.run();
        if (mode == Mode.DOWN) {
            answer(exchange, 503, Map.of("code", "service_unavailable"));
            return;
        }
        String path = exchange.getRequestURI().getPath();
        answer(exchange, 200, ledger.balance(UUID.fromString(path.substring(path.lastIndexOf('/') + 1))));
    }

    private void journal(HttpExchange exchange) throws IOException {
        JournalRequest request = Json.mapper().readValue(exchange.getRequestBody(), JournalRequest.class);
        if (mode == Mode.DOWN) {
            answer(exchange, 503, Map.of("code", "service_unavailable"));
            return;
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        answer(exchange, ledger.book(key, request) ? 201 : 200, Map.of());
    }

    private void events(HttpExchange exchange) throws IOException {
        EventEnvelope.Batch batch = Json.mapper().readValue(exchange.getRequestBody(), EventEnvelope.Batch.class);
        if (!eventsWelcome) {
            answer(exchange, 503, Map.of("code", "service_unavailable"));
            return;
        }
        for (EventEnvelope event : batch.events()) {
            ledger.take(event);
        }
        answer(exchange, 200, new EventEnvelope.Receipt(List.of()));
    }

    private void mails(HttpExchange exchange) throws IOException {
        EventEnvelope.Batch batch = Json.mapper().readValue(exchange.getRequestBody(), EventEnvelope.Batch.class);
        for (EventEnvelope event : batch.events()) {
            reported.add(Json.mapper().treeToValue(event.data(), OrdersReported.class));
        }
        answer(exchange, 200, new EventEnvelope.Receipt(List.of()));
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = Json.mapper().writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
