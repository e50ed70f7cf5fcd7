package com.brokerx.local.gateway;

import static com.brokerx.local.gateway.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests on their way to real servers that are slow, down or back again. */
class ForwardingTest {

    private static final String ACTIVE = """
                  active:
                    type: http
                    http_path: /health
                    timeout: 1
                    healthy: {interval: 0.05, successes: 1, http_statuses: [200]}
                    unhealthy: {interval: 0.05, http_failures: 1, tcp_failures: 1, timeouts: 1, http_statuses: [503]}
            """;
    private static final String PASSIVE = """
                  passive:
                    type: http
                    healthy: {successes: 1, http_statuses: [200]}
                    unhealthy: {http_failures: 2, tcp_failures: 1, timeouts: 1, http_statuses: [500]}
            """;

    private final Backend one = Backend.named("one");
    private final Backend two = Backend.named("two");

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private TestGateway balanced(String checks) {
        return new TestGateway("""
                _format_version: "3.0"
                services:
                  - name: service
                    host: pair
                    connect_timeout: 100
                    read_timeout: 10000
                    routes:
                      - {name: all, paths: [/], strip_path: false}
                upstreams:
                  - name: pair
                    targets:
                      - target: localhost:%d
                      - target: localhost:%d
                    healthchecks:
                """.formatted(one.port(), two.port()) + checks);
    }

    private static Set<String> backendsAsked(TestGateway gateway, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> gateway.get("/a").body().lines().findFirst().orElse(""))
                .collect(Collectors.toSet());
    }

    @Test
    void targetsAreTakenInTurn() {
        try (TestGateway gateway = balanced(PASSIVE)) {
            backendsAsked(gateway, 10);

            assertThat(one.requests).hasValue(5);
            assertThat(two.requests).hasValue(5);
        }
    }

    @Test
    void aPostToATargetThatIsDownGoesToTheNextAndTheTargetIsLeftOut() {
        try (TestGateway gateway = balanced(PASSIVE)) {
            one.stop();
            for (int i = 0; i < 6; i++) {
                HttpResponse<String> response = gateway.send("POST", "/a", BodyPublishers.ofString("order"));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).contains("backend two", "body 5");
            }
            assertThat(health(gateway)).contains("UNHEALTHY");
        }
    }

    @Test
    void anUnhealthyTargetIsEjectedAndComesBackWhenItsProbeSucceeds() {
        try (TestGateway gateway = balanced(ACTIVE)) {
            one.healthStatus = 503;
            await("ejected", () -> health(gateway).contains("UNHEALTHY"));
            assertThat(backendsAsked(gateway, 4)).containsExactly("backend two");

            one.healthStatus = 200;
            await("back", () -> !health(gateway).contains("UNHEALTHY"));
            assertThat(backendsAsked(gateway, 4)).containsExactlyInAnyOrder("backend one", "backend two");
        }
    }

    @Test
    void aKilledTargetComesBackAfterItsRestart() {
        try (TestGateway gateway = balanced(ACTIVE + PASSIVE)) {
            one.stop();
            assertThat(backendsAsked(gateway, 4)).containsExactly("backend two");
            one.start();
            await("back", () -> !health(gateway).contains("UNHEALTHY"));
            assertThat(backendsAsked(gateway, 4)).hasSize(2);
        }
    }

    @Test
    void failuresThatPassBySeveralTimesEjectATarget() {
        try (TestGateway gateway = balanced(PASSIVE)) {
            one.status = 500;
            backendsAsked(gateway, 4);
            int before = one.requests.get();

            backendsAsked(gateway, 4);

            assertThat(before).isEqualTo(2);
            assertThat(one.requests).hasValue(before);
        }
    }

    @Test
    void withoutAnyTargetTheAnswerIsKongs503() {
        try (TestGateway gateway = balanced(PASSIVE)) {
            one.stop();
            two.stop();
            gateway.get("/a");
            HttpResponse<String> response = gateway.get("/a");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("\"message\":\"failure to get a peer from the ring-balancer\"");
        }
    }

    @Test
    void aServiceThatRefusesConnectionsIsABadGateway() {
        try (TestGateway gateway = TestGateway.with(one, "")) {
            one.stop();
            HttpResponse<String> response = gateway.send("POST", "/a", BodyPublishers.ofString("x"));

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body())
                    .contains("\"message\":\"An invalid response was received from the upstream server\"");
        }
    }

    @Test
    void aServiceThatIsTooSlowIsAGatewayTimeout() {
        try (TestGateway gateway = TestGateway.with(one, 400, "")) {
            one.delayMillis = 2_000;
            HttpResponse<String> response = gateway.get("/a");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).contains("\"message\":\"The upstream server is timing out\"");
            assertThat(response.headers().firstValue("X-Kong-Request-Id")).isPresent();
        }
    }

    @Test
    void manyRequestsAtOnceAreAllServed() throws Exception {
        try (TestGateway gateway = TestGateway.with(one, "");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls =
                    Collections.nCopies(1_000, () -> gateway.send("POST", "/a", BodyPublishers.ofString("order"))
                            .statusCode());
            Set<Integer> statuses = new HashSet<>();
            for (Future<Integer> call : callers.invokeAll(calls)) {
                statuses.add(call.get());
            }

            assertThat(statuses).containsExactly(200);
            assertThat(one.requests).hasValue(1_000);
        }
    }

    @Test
    void theServiceSeesItsOwnHostAndWhereTheCallCameFrom() {
        try (TestGateway gateway = TestGateway.with(one, "")) {
            String seen = gateway.get("/a/b%20c?d=e%2Ff", "X-Forwarded-For", "6.6.6.6")
                    .body();

            assertThat(seen).contains("GET /a/b%20c", "Host: localhost:" + one.port(), "X-Forwarded-For: 127.0.0.1");
            assertThat(seen)
                    .contains("X-Forwarded-Host: 127.0.0.1:" + gateway.gateway().port());
        }
    }

    /** Java's client asks for HTTP/2 with its first request; Jetty answers 400 to what a proxy makes of that. */
    @Test
    void aWishForAnotherProtocolIsNotPassedOn() {
        try (TestGateway gateway = TestGateway.with(one, "")) {
            assertThat(gateway.get("/a").body())
                    .contains("Connection: keep-alive")
                    .doesNotContain("Upgrade", "HTTP2-Settings");
        }
    }

    @Test
    void webSocketsPassBothWays() throws Exception {
        String socketOnly = """
                  - name: cors
                    config: {origins: [http://a, http://b]}
                """;
        try (TestGateway gateway = TestGateway.with(one, "plugins:\n" + socketOnly)) {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            WebSocket socket = TestGateway.CLIENT
                    .newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + gateway.gateway().port() + "/socket"), collector(received))
                    .get(20, TimeUnit.SECONDS);

            socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
            assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("echo hello");
            assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
            socket.sendText("again", true).get(20, TimeUnit.SECONDS);
            assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("echo again");
            socket.abort();
        }
    }

    /** An idle socket outlives the time-out of ordinary requests: only their answer is waited for. */
    @Test
    void aWebSocketOutlivesTheReadTimeOutOfRequests() throws Exception {
        try (TestGateway gateway = TestGateway.with(one, 400, "")) {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            WebSocket socket = TestGateway.CLIENT
                    .newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + gateway.gateway().port() + "/socket"), collector(received))
                    .get(20, TimeUnit.SECONDS);
            one.delayMillis = 5_000;
            assertThat(gateway.get("/slow").statusCode()).isEqualTo(504);

            socket.sendText("still here", true).get(20, TimeUnit.SECONDS);
            assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("echo still here");
            socket.abort();
        }
    }

    private static WebSocket.Listener collector(BlockingQueue<String> received) {
        return new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                received.add(data.toString());
                socket.request(1);
                return null;
            }
        };
    }

    private static String health(TestGateway gateway) {
        return gateway.admin("GET", "/upstreams/pair/health", BodyPublishers.noBody())
                .body();
    }
}
