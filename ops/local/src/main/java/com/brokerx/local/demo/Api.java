package com.brokerx.local.demo;

import com.brokerx.local.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Calls the API through the gateway as any program would, and shows each call with its status. */
final class Api {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String gateway;
    private final String key;
    private final PrintStream out;
    private String token;

    /** @param key the API key that portfolio and order paths want */
    Api(String gateway, String key, PrintStream out) {
        this.gateway = gateway;
        this.key = key;
        this.out = out;
    }

    void signInWith(String accessToken) {
        this.token = accessToken;
    }

    JsonNode get(String path, int expected) throws InterruptedException {
        return shown("GET", path, null, expected);
    }

    JsonNode post(String path, Map<String, ?> body, int expected) throws InterruptedException {
        return shown("POST", path, body, expected);
    }

    /** As {@link #get}, but shown only where it is refused: for asking again and again. */
    JsonNode look(String path) throws InterruptedException {
        HttpResponse<String> response = send("GET", path, null);
        if (response.statusCode() != 200) {
            throw refused("GET", path, response);
        }
        return read(response.body());
    }

    private JsonNode shown(String method, String path, Map<String, ?> body, int expected) throws InterruptedException {
        HttpResponse<String> response = send(method, path, body);
        out.printf("     %-5s %-74s %d%n", method, path, response.statusCode());
        if (response.statusCode() != expected) {
            throw refused(method, path, response);
        }
        return read(response.body());
    }

    private static UserError refused(String method, String path, HttpResponse<String> response) {
        return new UserError("%s %s answered %d: %s".formatted(method, path, response.statusCode(), response.body()));
    }

    private HttpResponse<String> send(String method, String path, Map<String, ?> body) throws InterruptedException {
        HttpResponse<String> response = sendOnce(method, path, body);
        while (response.statusCode() == TOO_MANY_REQUESTS) {
            long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
            out.printf("     the allowance of this minute is used up; going on in %d s%n", seconds);
            Thread.sleep(Duration.ofSeconds(seconds));
            response = sendOnce(method, path, body);
        }
        return response;
    }

    private HttpResponse<String> sendOnce(String method, String path, Map<String, ?> body) throws InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path))
                    .timeout(PATIENCE)
                    .header("apikey", key)
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : json(body));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new UserError("Nothing answers at " + gateway + ". Start BrokerX first: ./brokerx up");
        } catch (IOException e) {
            throw new UserError(method + " " + path + " failed: " + e);
        }
    }

    private static HttpRequest.BodyPublisher json(Map<String, ?> body) throws JsonProcessingException {
        return BodyPublishers.ofString(JSON.writeValueAsString(body));
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UserError("An answer is no JSON: " + body);
        }
    }

    /** What the mail catcher has for this address, newest first. It is no part of the API: a person would read the mail. */
    JsonNode mails(String catcher, String address) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(catcher + "/api/messages?to=" + address))
                .timeout(PATIENCE)
                .build();
        try {
            return read(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UserError("The mail catcher at " + catcher + " does not answer: " + e);
        }
    }
}
