package com.brokerx.local.operations;

import com.brokerx.commons.json.Json;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A program that follows the live stream. */
final class Follower implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    /** Connects without an API key; the token goes in the first message. */
    Follower(URI at, String path, String token) {
        URI address = URI.create(at.toString().replaceFirst("^http", "ws") + path);
        socket = HTTP.newWebSocketBuilder().buildAsync(address, this).join();
        send("{\"action\":\"authenticate\",\"token\":\"" + token + "\"}");
    }

    static Predicate<JsonNode> of(String type, String channel) {
        return message -> message.path("type").asText().equals(type)
                && message.path("channel").asText().equals(channel);
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    JsonNode await(String what, Predicate<JsonNode> wanted) {
        Eventually.await(what, PATIENCE, () -> messages.stream().anyMatch(wanted));
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(parse(part.toString()));
            part.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
