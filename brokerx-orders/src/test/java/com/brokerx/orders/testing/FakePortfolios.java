package com.brokerx.orders.testing;

import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.facades.events.OrdersReported;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveBatch;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveResult;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveResults;
import com.brokerx.facades.portfolios.PortfoliosFacade.Balance;
import com.brokerx.facades.portfolios.PortfoliosFacade.JournalRequest;
import com.brokerx.facades.portfolios.PortfoliosFacade.Position;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveOutcome;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A small portfolios service over real HTTP: it keeps what clients own and what is held for their orders, settles trades, and fails on
 * demand. Its rules are those of the real one, written down as plainly as can be.
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

    private static final class Reservation {
        private final UUID client;
        private final String asset;
        private int version;
        private BigDecimal authorized = BigDecimal.ZERO;
        private BigDecimal settled = BigDecimal.ZERO;
        private boolean closed;

        Reservation(UUID client, String asset) {
            this.client = client;
            this.asset = asset;
        }

        BigDecimal held() {
            return authorized.subtract(settled);
        }
    }

    private record Account(UUID client, String asset) {}

    private final HttpServer server;
    private final Map<Account, BigDecimal> owned = new HashMap<>();
    private final Map<UUID, Reservation> reservations = new HashMap<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Map<String, JournalRequest> journals = new HashMap<>();
    private final List<TradeExecuted> trades = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private BigDecimal fees = BigDecimal.ZERO;
    private volatile Mode mode = Mode.UP;
    private volatile boolean eventsWelcome = true;
    private volatile Runnable onBalance = () -> {};
    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicInteger heldUp = new AtomicInteger();
    private final List<OrdersReported> reported = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
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
        return complaints;
    }

    /** Has {@code hook} called whenever somebody asks what a client has. */
    public void onBalance(Runnable hook) {
        onBalance = hook;
    }

    public synchronized void give(UUID client, String asset, String amount) {
        owned.merge(new Account(client, asset), new BigDecimal(amount), BigDecimal::add);
    }

    public synchronized BigDecimal owned(UUID client, String asset) {
        return owned.getOrDefault(new Account(client, asset), BigDecimal.ZERO);
    }

    public synchronized BigDecimal held(UUID client, String asset) {
        return reservations.values().stream()
                .filter(reservation -> reservation.client.equals(client) && reservation.asset.equals(asset))
                .map(Reservation::held)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public synchronized BigDecimal available(UUID client, String asset) {
        return owned(client, asset).subtract(held(client, asset));
    }

    /** What is held for one order; zero for one that it does not know. */
    public synchronized BigDecimal heldFor(UUID order) {
        Reservation reservation = reservations.get(order);
        return reservation == null ? BigDecimal.ZERO : reservation.held();
    }

    public synchronized boolean isClosed(UUID order) {
        Reservation reservation = reservations.get(order);
        return reservation != null && reservation.closed;
    }

    /** Over all clients, fees that the house got included. */
    public synchronized BigDecimal total(String asset) {
        BigDecimal sum = owned.entrySet().stream()
                .filter(entry -> entry.getKey().asset().equals(asset))
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return asset.equals("USD") ? sum.add(fees) : sum;
    }

    public synchronized List<TradeExecuted> trades() {
        return List.copyOf(trades);
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
                .map(request -> ReserveResult.of(reserve(request)))
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

    private synchronized ReserveOutcome reserve(ReserveRequest request) {
        Reservation known = reservations.get(request.orderId());
        if (known != null && (known.closed || request.version() < known.version)) {
            return new ReserveOutcome.Stale();
        }
        Reservation reservation = known == null ? new Reservation(request.clientId(), request.asset()) : known;
        BigDecimal available = available(request.clientId(), request.asset());
        if (request.version() > reservation.version) {
            BigDecimal authorized = request.amount().max(reservation.settled);
            BigDecimal more = authorized.subtract(reservation.authorized);
            if (more.compareTo(available) > 0) {
                return new ReserveOutcome.Insufficient(request.asset(), available, more.subtract(available));
            }
            reservation.version = request.version();
            reservation.authorized = authorized;
            reservations.put(request.orderId(), reservation);
        }
        return new ReserveOutcome.Reserved(reservation.held(), available(request.clientId(), request.asset()));
    }

    private void balance(HttpExchange exchange) throws IOException {
        onBalance.run();
        if (mode == Mode.DOWN) {
            answer(exchange, 503, Map.of("code", "service_unavailable"));
            return;
        }
        String path = exchange.getRequestURI().getPath();
        answer(exchange, 200, balance(UUID.fromString(path.substring(path.lastIndexOf('/') + 1))));
    }

    private synchronized Balance balance(UUID client) {
        List<Position> positions = owned.entrySet().stream()
                .filter(entry -> entry.getKey().client().equals(client))
                .filter(entry -> !entry.getKey().asset().equals("USD"))
                .map(entry -> new Position(
                        entry.getKey().asset(),
                        entry.getValue().longValueExact(),
                        available(client, entry.getKey().asset()).longValueExact(),
                        held(client, entry.getKey().asset()).longValueExact()))
                .toList();
        return new Balance(
                client, "USD", available(client, "USD"), held(client, "USD"), owned(client, "USD"), positions);
    }

    private void journal(HttpExchange exchange) throws IOException {
        JournalRequest request = Json.mapper().readValue(exchange.getRequestBody(), JournalRequest.class);
        if (mode == Mode.DOWN) {
            answer(exchange, 503, Map.of("code", "service_unavailable"));
            return;
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        answer(exchange, book(key, request) ? 201 : 200, Map.of());
    }

    private synchronized boolean book(String key, JournalRequest request) {
        JournalRequest known = journals.putIfAbsent(key, request);
        if (known != null && !known.equals(request)) {
            throw new IllegalStateException("the key " + key + " was used for something else");
        }
        if (known == null) {
            give(request.clientId(), request.asset(), request.amount().toPlainString());
        }
        return known == null;
    }

    private void events(HttpExchange exchange) throws IOException {
        EventEnvelope.Batch batch = Json.mapper().readValue(exchange.getRequestBody(), EventEnvelope.Batch.class);
        if (!eventsWelcome) {
            answer(exchange, 503, Map.of("code", "service_unavailable"));
            return;
        }
        for (EventEnvelope event : batch.events()) {
            take(event);
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

    private synchronized void take(EventEnvelope event) throws IOException {
        if (!seen.add(event.id())) {
            return;
        }
        switch (event.type()) {
            case "trade.executed" -> settle(Json.mapper().treeToValue(event.data(), TradeExecuted.class));
            case "order.closed" -> close(Json.mapper().treeToValue(event.data(), OrderClosed.class));
            default -> throw new IllegalArgumentException(event.type());
        }
    }

    private void settle(TradeExecuted trade) {
        trades.add(trade);
        BigDecimal shares = BigDecimal.valueOf(trade.quantity());
        BigDecimal cost = trade.total().add(trade.buy().fee());
        spend(trade.buy(), cost);
        spend(trade.sell(), shares);
        UUID buyer = trade.buy().clientId();
        UUID seller = trade.sell().clientId();
        owned.merge(new Account(buyer, trade.currency()), cost.negate(), BigDecimal::add);
        owned.merge(new Account(buyer, trade.symbol()), shares, BigDecimal::add);
        owned.merge(new Account(seller, trade.symbol()), shares.negate(), BigDecimal::add);
        BigDecimal proceeds = trade.total().subtract(trade.sell().fee());
        owned.merge(new Account(seller, trade.currency()), proceeds, BigDecimal::add);
        fees = fees.add(trade.buy().fee()).add(trade.sell().fee());
    }

    private void spend(TradeExecuted.Leg leg, BigDecimal amount) {
        Reservation reservation = reservations.get(leg.orderId());
        if (reservation == null) {
            complaints.add("order " + leg.orderId() + " traded without a reservation");
            return;
        }
        reservation.settled = reservation.settled.add(amount);
        BigDecimal limit = leg.version() == reservation.version
                ? reservation.authorized.min(leg.authorizedAfter())
                : reservation.authorized;
        if (limit.compareTo(reservation.settled) < 0) {
            complaints.add("order " + leg.orderId() + " spent more than was reserved for it");
        }
        if (reservation.settled.compareTo(leg.settledAfter()) != 0) {
            complaints.add(
                    "order " + leg.orderId() + " says it spent " + leg.settledAfter() + ", not " + reservation.settled);
        }
        reservation.authorized = limit.max(reservation.settled);
    }

    private void close(OrderClosed event) {
        Reservation reservation =
                reservations.computeIfAbsent(event.orderId(), id -> new Reservation(event.clientId(), event.asset()));
        reservation.closed = true;
        reservation.authorized = reservation.settled.max(reservation.authorized.min(event.settledTotal()));
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
