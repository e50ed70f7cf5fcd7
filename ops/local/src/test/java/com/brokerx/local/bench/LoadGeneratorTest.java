package com.brokerx.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generator against a small server of the test's own, which counts what arrives. */
class LoadGeneratorTest {

    private static final int STALL_MILLIS = 600;

    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicInteger cancels = new AtomicInteger();
    private final AtomicInteger replaces = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.close();
    }

    @Test
    void countsExactlyTheOrdersThatWereAccepted() throws IOException {
        server.createContext("/", this::accept);

        Measurement load = generator(8).run(new Arrivals.Saturation(), 1);

        assertThat(load.accepted(Request.Kind.ORDER)).isEqualTo(orders.get()).isPositive();
        assertThat(load.accepted(Request.Kind.CANCEL)).isEqualTo(cancels.get()).isPositive();
        assertThat(load.accepted(Request.Kind.REPLACE))
                .isEqualTo(replaces.get())
                .isPositive();
        assertThat(load.failures()).isZero();
    }

    @Test
    void aRefusedOrderCountsAsAFailureAndNotAsAnOrder() throws IOException {
        server.createContext("/", exchange -> answer(exchange, 422, "{\"code\":\"insufficient_funds\"}"));

        Measurement load = generator(2).run(new Arrivals.Saturation(), 1);

        assertThat(load.ordersPerSecond()).isZero();
        assertThat(load.refusals()).containsOnlyKeys("ORDER 422 insufficient_funds");
        assertThat(load.failures()).isPositive();
    }

    @Test
    void offersTheRateThatItWasTold() throws IOException {
        server.createContext("/", this::accept);

        Measurement load = generator(64).run(new Arrivals.Open(500), 2);

        long requests = load.accepted(Request.Kind.ORDER)
                + load.accepted(Request.Kind.CANCEL)
                + load.accepted(Request.Kind.REPLACE);
        assertThat((double) requests).isCloseTo(1000, within(150.0));
    }

    @Test
    void aStallIsPaidByAllWhoCameDuringIt() throws IOException {
        AtomicInteger seen = new AtomicInteger();
        server.createContext("/", exchange -> {
            if (seen.incrementAndGet() == 50) {
                stall();
            }
            accept(exchange);
        });

        Measurement load = generator(1).run(new Arrivals.Open(200), 2);

        // A closed loop would see one slow request in some four hundred; here about a hundred were due meanwhile.
        assertThat(load.latencies(Request.Kind.ORDER).getValueAtPercentile(85))
                .isGreaterThan(TimeUnit.MILLISECONDS.toMicros(STALL_MILLIS / 6));
    }

    @Test
    void goesOnWithANewConnectionWhereOneBreaks() throws IOException {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            accept(exchange);
        });

        Measurement load = generator(2).run(new Arrivals.Saturation(), 1);

        assertThat(load.accepted(Request.Kind.ORDER)).isGreaterThan(10);
    }

    private LoadGenerator generator(int connections) {
        Account account = new Account("0198");
        account.signedIn("token", "refresh", "key");
        URI target = URI.create("http://localhost:" + server.getAddress().getPort());
        return new LoadGenerator(target, connections, new Workload(List.of(account), List.of("AAPL"), 7));
    }

    private void accept(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/cancel")) {
            cancels.incrementAndGet();
            answer(exchange, 200, "{\"status\":\"cancelled\"}");
        } else if (path.endsWith("/replace")) {
            replaces.incrementAndGet();
            answer(exchange, 200, "{\"id\":\"" + UUID.randomUUID() + "\",\"status\":\"working\"}");
        } else {
            orders.incrementAndGet();
            answer(exchange, 201, "{\"id\":\"" + UUID.randomUUID() + "\",\"status\":\"working\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void stall() {
        try {
            boolean early = new CountDownLatch(1).await(STALL_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(early).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
