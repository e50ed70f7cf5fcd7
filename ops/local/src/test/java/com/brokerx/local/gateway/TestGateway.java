package com.brokerx.local.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** A gateway on free ports, with a clock that stands still and a client to talk to it. */
final class TestGateway implements AutoCloseable {

    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Gateway gateway;
    volatile Instant now = Instant.parse("2026-01-31T12:00:15Z");

    TestGateway(String yaml) {
        gateway = new Gateway(
                yaml, "test.yml", new Hosts(1, 0), () -> now, List.of(InetAddress.getLoopbackAddress()), 0, 0);
    }

    /** One service on one backend, with one route for everything, and the plugins given. */
    static TestGateway with(Backend backend, String plugins) {
        return with(backend, 10_000, plugins);
    }

    static TestGateway with(Backend backend, int readTimeoutMillis, String plugins) {
        return new TestGateway("""
                _format_version: "3.0"
                services:
                  - name: service
                    host: localhost
                    port: %d
                    connect_timeout: 100
                    read_timeout: %d
                    routes:
                      - {name: all, paths: [/], strip_path: false}
                consumers:
                  - username: ann
                    keyauth_credentials: [{key: key-of-ann}]
                  - username: bob
                    keyauth_credentials: [{key: key-of-bob}]
                """.formatted(backend.port(), readTimeoutMillis) + plugins);
    }

    Gateway gateway() {
        return gateway;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        return call("http://127.0.0.1:" + gateway.port() + path, method, body, headers);
    }

    HttpResponse<String> admin(String method, String path, BodyPublisher body, String... headers) {
        return call("http://127.0.0.1:" + gateway.adminPort() + path, method, body, headers);
    }

    private static HttpResponse<String> call(String url, String method, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for a condition that must come true soon. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("not within 10 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
