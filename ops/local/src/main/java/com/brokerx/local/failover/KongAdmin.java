package com.brokerx.local.failover;

import com.brokerx.commons.json.Json;
import com.brokerx.local.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The two calls of Kong's Admin API that failover makes; the local gateway has them too. */
final class KongAdmin {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final URI url;

    KongAdmin(URI url) {
        this.url = url;
    }

    /** The configuration in force, as YAML. */
    String configuration() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(url.resolve("/config")).GET());
        if (answer.statusCode() != 200) {
            throw new IOException("the gateway answered " + answer.statusCode() + " to GET /config: " + answer.body());
        }
        return Json.mapper().readTree(answer.body()).path("config").asText();
    }

    /** Puts a configuration in force. @throws UserError when the gateway finds it invalid, which leaves the old one in force */
    void load(String yaml) throws IOException, InterruptedException {
        byte[] body = Json.mapper().writeValueAsBytes(Map.of("config", yaml));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(url.resolve("/config"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        if (answer.statusCode() != 201) {
            throw new UserError(
                    "The gateway refused the configuration; the one before stays in force. It says: " + answer.body());
        }
    }

    boolean isOk(URI address) throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(address).GET()).statusCode() == 200;
        } catch (UserError down) {
            return false;
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        HttpRequest built = request.timeout(PATIENCE).build();
        try {
            return HTTP.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UserError("Nothing answers at " + built.uri().resolve("/") + ". Is it running? ./brokerx status");
        }
    }
}
