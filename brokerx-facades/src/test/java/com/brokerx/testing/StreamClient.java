package com.brokerx.testing;

import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A program that follows the live stream with the WebSocket client of the JDK. */
public final class StreamClient implements WebSocket.Listener, AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private volatile boolean reading = true;
    private volatile Integer closeStatus;
    private volatile String closeReason;
    private volatile Throwable failure;

    private StreamClient(URI server, String path, String token) {
        URI address = URI.create(server.toString().replaceFirst("^http", "ws") + path);
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.buildAsync(address, this).join();
    }

    /** Connects with a token in the header. */
    public static StreamClient connect(URI server, String token) {
        return new StreamClient(server, "/api/v1/stream", token);
    }

    /** Connects without a header. */
    public static StreamClient connectTo(URI server, String path) {
        return new StreamClient(server, path, null);
    }

    /** Says who it is, where the header does not. */
    public StreamClient authenticate(String token) {
        return send("{\"action\":\"authenticate\",\"token\":\"" + token + "\"}");
    }

    public StreamClient subscribe(String... channels) {
        return send("{\"action\":\"subscribe\",\"channels\":[\"" + String.join("\",\"", channels) + "\"]}");
    }

    public StreamClient subscribeAfter(long after) {
        return send("{\"action\":\"subscribe\",\"channels\":[\"orders\"],\"after\":" + after + "}");
    }

    /** Waits until the text is on its way. */
    public StreamClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    public WebSocket socket() {
        return socket;
    }

    /** From now on nothing more is taken from the network. */
    public void stopReading() {
        reading = false;
    }

    public void readOn() {
        reading = true;
        socket.request(1);
    }

    /** All messages so far. */
    public List<JsonNode> received() {
        return received;
    }

    /** All messages of a type and a channel so far. */
    public List<JsonNode> received(String type, String channel) {
        return received.stream().filter(of(type, channel)).toList();
    }

    public static Predicate<JsonNode> of(String type, String channel) {
        return message -> message.path("type").asText().equals(type)
                && message.path("channel").asText().equals(channel);
    }

    /** The first message of that kind, waiting for it if need be. */
    public JsonNode await(String what, Predicate<JsonNode> wanted) {
        Eventually.await(what + " among " + received.size() + " messages", SOON, () -> received.stream()
                .anyMatch(wanted));
        return received.stream().filter(wanted).findFirst().orElseThrow();
    }

    public JsonNode awaitSnapshot(String channel) {
        return await("a snapshot of " + channel, of("snapshot", channel));
    }

    public JsonNode awaitError(String code) {
        return await(
                "the error " + code, message -> message.path("code").asText().equals(code));
    }

    /** The reason that the server gave when it ended the connection. */
    public String awaitClose() {
        Eventually.await("the connection ends", SOON, () -> closeStatus != null || failure != null);
        return closeReason;
    }

    public Integer closeStatus() {
        return closeStatus;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            received.add(parse(part.toString()));
            part.setLength(0);
        }
        requestNext(webSocket);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        requestNext(webSocket);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        requestNext(webSocket);
        return null;
    }

    private void requestNext(WebSocket webSocket) {
        if (reading) {
            webSocket.request(1);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeReason = reason;
        closeStatus = statusCode;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        failure = error;
    }

    private static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    /** As a program that is killed, or loses its network. */
    public void drop() {
        socket.abort();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
    }
}
