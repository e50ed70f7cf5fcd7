package com.brokerx.local.operations;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Stands for an OpenTelemetry collector: keeps what is sent to it, and knows whether one trace is among it. */
record SpanCollector(HttpServer server, Queue<String> received) implements AutoCloseable {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    static SpanCollector start() {
        try {
            Queue<String> received = new ConcurrentLinkedQueue<>();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return new SpanCollector(server, received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    String traceparent() {
        return "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
    }

    /** Whether an instance sent spans of these names that belong to the trace; names and the id travel as plain bytes. */
    boolean has(String instance, String... spans) {
        String id = new String(HexFormat.of().parseHex(TRACE_ID), StandardCharsets.ISO_8859_1);
        return Stream.of(spans).allMatch(span -> received.stream()
                .anyMatch(body -> body.contains(instance) && body.contains(id) && body.contains(span)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
