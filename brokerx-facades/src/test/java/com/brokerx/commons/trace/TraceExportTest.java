package com.brokerx.commons.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans as a collector gets them, over real HTTP. */
class TraceExportTest {

    private static final TraceContext CALLER =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer collector;
    private TraceExport export;

    @BeforeEach
    void connect() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "http://localhost:" + collector.getAddress().getPort() + "/";
        export = new TraceExport(new TracingSettings(endpoint, null, null), "echo", "echo-1");
    }

    @AfterEach
    void disconnect() {
        export.stop();
        collector.stop(0);
    }

    @Test
    void sendsRequestsCallsAndEventsAsOneTrace() {
        export.start();
        String passedOn;
        try (Span request = Span.server("POST", Optional.of(CALLER))) {
            request.rename("POST /api/v1/orders");
            request.attribute("http.route", "/api/v1/orders");
            try (Span call = Span.client("portfolios reserve")) {
                passedOn = TraceContext.currentHeader().orElseThrow();
            }
        }
        try (Span event = Span.consumer("trade.executed", List.of(passedOn, CALLER.toHeader()))) {
            event.fail("no such account");
        }
        export.stop();

        assertThat(TraceContext.parse(passedOn).orElseThrow().traceId()).isEqualTo(CALLER.traceId());
        assertThat(TraceContext.parse(passedOn).orElseThrow().spanId()).isNotEqualTo(CALLER.spanId());
        assertThat(String.join("", received))
                .contains("echo-1", "POST /api/v1/orders", "portfolios reserve", "trade.executed", "no such account")
                .contains(bytes(CALLER.traceId()))
                .contains(bytes(TraceContext.parse(passedOn).orElseThrow().spanId()));
    }

    @Test
    void whatSeveralRequestsCauseContinuesTheFirstTraceAndLinksTheOthers() {
        TraceContext other = new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true);
        export.start();
        String passedOn;
        try (Span batch = Span.consumer("orders-funds", List.of("nonsense", CALLER.toHeader(), other.toHeader()))) {
            batch.attribute("size", "2");
            passedOn = TraceContext.currentHeader().orElseThrow();
        }
        export.stop();

        assertThat(passedOn).contains(CALLER.traceId());
        assertThat(String.join("", received)).contains(bytes(CALLER.traceId()), bytes(other.traceId()));
    }

    @Test
    void followsACallerWhoDoesNotRecord() {
        export.start();
        TraceContext quiet = new TraceContext(CALLER.traceId(), CALLER.spanId(), false);
        try (Span request = Span.server("POST", Optional.of(quiet))) {
            request.attribute("http.route", "/");
            assertThat(TraceContext.currentHeader().orElseThrow()).endsWith("-00");
        }
        export.stop();

        assertThat(received).isEmpty();
    }

    @Test
    void withoutExportTheTraceIsPassedOnAsItCame() {
        try (Span request = Span.server("POST", Optional.of(CALLER));
                Span call = Span.client("portfolios reserve")) {
            call.fail("nobody records this");
            request.rename("nor this");
            assertThat(TraceContext.currentHeader()).contains(CALLER.toHeader());
        }
        assertThat(TraceContext.currentHeader()).isEmpty();
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }
}
