package com.brokerx.local.gateway;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.HeaderValues;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server in the place of a service: answers what it was asked, and counts. */
final class Backend implements AutoCloseable {

    final AtomicInteger requests = new AtomicInteger();
    volatile int status = 200;
    volatile int healthStatus = 200;
    volatile long delayMillis;

    private final String name;
    private Undertow server;
    private int port;

    private Backend(String name) {
        this.name = name;
    }

    static Backend named(String name) {
        Backend backend = new Backend(name);
        backend.start();
        return backend;
    }

    /** Starts it, on the same port when it had one. */
    void start() {
        PathHandler paths = Handlers.path(this::answer)
                .addExactPath("/health", exchange -> exchange.setStatusCode(healthStatus))
                .addExactPath("/socket", Handlers.websocket((exchange, channel) -> echo(channel)));
        server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(2)
                .addHttpListener(port, "127.0.0.1", paths)
                .build();
        server.start();
        port = ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }

    private static void echo(WebSocketChannel channel) {
        channel.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override
            protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
                WebSockets.sendText("echo " + message.getData(), from, null);
            }
        });
        channel.resumeReceives();
    }

    private void answer(HttpServerExchange exchange) {
        requests.incrementAndGet();
        if (delayMillis > 0) {
            exchange.dispatch(
                    task -> exchange.getIoThread().executeAfter(task, delayMillis, TimeUnit.MILLISECONDS), this::reply);
        } else {
            reply(exchange);
        }
    }

    private void reply(HttpServerExchange exchange) {
        exchange.getRequestReceiver().receiveFullBytes((read, body) -> {
            read.setStatusCode(status);
            read.getResponseSender().send(describe(read, body));
        });
    }

    private String describe(HttpServerExchange exchange, byte[] body) {
        StringBuilder lines = new StringBuilder("backend " + name + "\n");
        lines.append(exchange.getRequestMethod())
                .append(' ')
                .append(exchange.getRequestURI())
                .append('\n');
        for (HeaderValues header : exchange.getRequestHeaders()) {
            lines.append(header.getHeaderName())
                    .append(": ")
                    .append(String.join(",", header))
                    .append('\n');
        }
        return lines.append("body ").append(body.length).append('\n').toString();
    }

    int port() {
        return port;
    }

    void stop() {
        server.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
