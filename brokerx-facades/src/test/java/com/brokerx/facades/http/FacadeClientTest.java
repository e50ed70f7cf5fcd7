package com.brokerx.facades.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.TraceContext;
import com.sun.net.httpserver.HttpServer;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FacadeClientTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile int[] statuses = {200};
    private volatile boolean hang;
    private volatile String traceparent;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            int call = calls.getAndIncrement();
            traceparent = exchange.getRequestHeaders().getFirst(TraceContext.HEADER);
            if (hang) {
                awaitRelease();
            }
            byte[] body = "{\"code\":\"nope\",\"detail\":\"because\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(statuses[Math.min(call, statuses.length - 1)], body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        release.countDown();
        server.stop(0);
    }

    @Test
    void aRefusalIsAValueAndNeverTripsTheBreaker() {
        statuses = new int[] {422};
        FacadeClient client = client(url());
        for (int i = 0; i < 50; i++) {
            FacadeResponse answer = client.postIdempotent("reserve", "/x", Map.of());
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("nope");
        }
        assertThat(client.isBreakerOpen()).isFalse();
        assertThat(calls).hasValue(50);
    }

    @Test
    void passesTheTraceOn() {
        TraceContext trace = TraceContext.begin();
        try (var scope = trace.enter()) {
            client(url()).get("read", "/x");
        }
        assertThat(traceparent).isEqualTo(trace.toHeader());

        client(url()).get("read", "/x");
        assertThat(traceparent).isNull();
    }

    @Test
    void triesAnIdempotentCallAgainAndNoOther() {
        statuses = new int[] {503, 200};
        assertThat(client(url()).get("read", "/x").status()).isEqualTo(200);
        assertThat(calls).hasValue(2);

        calls.set(0);
        assertThatThrownBy(() -> client(url()).post("change", "/x", Map.of())).isInstanceOf(UnavailableException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void endsWithinItsDeadlinesWhenTheOtherSideHangs() {
        hang = true;
        long started = System.nanoTime();

        assertThatThrownBy(() -> client(url()).get("read", "/x")).isInstanceOf(UnavailableException.class);

        assertThat(java.time.Duration.ofNanos(System.nanoTime() - started)).isLessThan(java.time.Duration.ofSeconds(2));
    }

    @Test
    void stopsAskingAServiceThatIsDown() throws IOException {
        URI nowhere;
        try (ServerSocket closed = new ServerSocket(0)) {
            nowhere = URI.create("http://localhost:" + closed.getLocalPort());
        }
        FacadeClient client = client(nowhere);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> client.get("read", "/x"))
                    .isInstanceOfSatisfying(UnavailableException.class, down -> assertThat(down.retryAfter())
                            .isEqualTo(java.time.Duration.ofMillis(300)));
        }
        assertThat(client.isBreakerOpen()).isTrue();
    }

    private static FacadeClient client(URI url) {
        FacadeSettings settings = new FacadeSettings(
                url,
                Duration.milliseconds(300),
                2,
                Duration.milliseconds(5),
                8,
                Duration.milliseconds(100),
                50,
                10,
                Duration.milliseconds(300));
        return new FacadeClient(
                "other", settings, Foundation.newHttpClient(), "token", new FacadeMetrics(new CollectorRegistry()));
    }

    private URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
