package com.brokerx.clients;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.json.Json;
import com.brokerx.testing.TestDatabase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The clients service with a database and a mail server of its own, and a client that talks to it over HTTP. */
public final class RunningClients implements AutoCloseable {

    public static final String PASSWORD = "password123";
    public static final String INTERNAL_TOKEN = "dev-internal-token";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer of the service; {@code body} is missing where it is no JSON. */
    public record Answer(int status, JsonNode body, HttpResponse<String> http) {
        public String text(String field) {
            return body.path(field).asText();
        }

        public Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    /** A client who is signed in. */
    public record SignedIn(UUID id, String email, String token, String refreshToken) {}

    private final TestDatabase database;
    private final Mails mails;
    private final DropwizardTestSupport<ClientsConfiguration> app;
    private final boolean ownsMails;

    private RunningClients(
            TestDatabase database, Mails mails, boolean ownsMails, Foundation foundation, List<String> overrides) {
        this.database = database;
        this.mails = mails;
        this.ownsMails = ownsMails;
        List<ConfigOverride> all = new ArrayList<>();
        all.add(ConfigOverride.config("clients.database.url", database.url()));
        all.add(ConfigOverride.config("clients.mail.port", Integer.toString(mails.port())));
        overrides.stream()
                .map(override -> override.split("=", 2))
                .forEach(pair -> all.add(ConfigOverride.config(pair[0], pair[1])));
        this.app =
                new DropwizardTestSupport<>(
                        ClientsApplication.class, "config/test.yml", all.toArray(ConfigOverride[]::new)) {
                    @Override
                    public Application<ClientsConfiguration> newApplication() {
                        return new ClientsApplication(foundation);
                    }
                };
        try {
            app.before();
        } catch (Exception e) {
            throw new IllegalStateException("the service did not start", e);
        }
    }

    /** Started when first needed, for all tests that can share it; ends with the test run. */
    public static RunningClients shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        private static final RunningClients INSTANCE = start();
    }

    /**
     * The service with a database and a mail server of its own.
     *
     * @param overrides settings like {@code clients.mfa.codeTries=3}
     */
    public static RunningClients start(String... overrides) {
        return start(InstantSource.system(), overrides);
    }

    public static RunningClients start(InstantSource clock, String... overrides) {
        TestDatabase database = TestDatabase.migrated("clients/migrations.xml");
        return new RunningClients(database, new Mails(), true, new Foundation(clock), Arrays.asList(overrides));
    }

    /** A second instance on the same database. */
    public RunningClients another(String... overrides) {
        return new RunningClients(database, mails, false, new Foundation(), Arrays.asList(overrides));
    }

    public Jdbi jdbi() {
        return database.jdbi();
    }

    /** What its mail server was sent. */
    public Mails mails() {
        return mails;
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + app.getLocalPort() + path);
    }

    public URI adminUri(String path) {
        return URI.create("http://localhost:" + app.getAdminPort() + path);
    }

    public Answer get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    public Answer post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    /**
     * Sends a request.
     *
     * @param headers names and values by turns
     */
    public Answer call(String method, String path, String body, String... headers) {
        return send(method, uri(path), body, headers);
    }

    public static Answer send(String method, URI uri, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        try {
            return isJson ? Json.mapper().readTree(response.body()) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    public static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    public static String anyEmail() {
        return "c" + UUID.randomUUID().toString().substring(24) + "@example.com";
    }

    public static String registration(String email) {
        return """
                {"client":{"name":"Ann Example","email":"%s","password":"%s","password_confirmation":"%s"}}""".formatted(email, PASSWORD, PASSWORD);
    }

    public Answer register(String email, String... headers) {
        return post("/api/v1/clients", registration(email), headers);
    }

    /** Registers and verifies. */
    public UUID activeClient(String email) {
        Answer registered = register(email);
        String id = registered.body().at("/client/id").asText();
        post(
                "/api/v1/clients/" + id + "/verify_email",
                "{\"token\":\"" + registered.text("verification_token") + "\"}");
        return UUID.fromString(id);
    }

    public Answer login(String email, String password, String... headers) {
        return post("/api/v1/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password), headers);
    }

    public Answer verifyMfa(String sessionToken, String code) {
        return post(
                "/api/v1/auth/verify_mfa",
                "{\"session_token\":\"%s\",\"mfa_code\":\"%s\"}".formatted(sessionToken, code));
    }

    public Answer refresh(String refreshToken) {
        return post("/api/v1/auth/refresh_token", "{\"refresh_token\":\"" + refreshToken + "\"}");
    }

    /** Another sign-in of an active client, by mailed code. */
    public SignedIn signIn(UUID id, String email, String password) {
        Answer login = login(email, password);
        Answer answer = verifyMfa(login.text("session_token"), login.text("mfa_code"));
        return new SignedIn(id, email, answer.text("token"), answer.text("refresh_token"));
    }

    /** A new client, from registration to the first sign-in. */
    public SignedIn signedIn() {
        String email = anyEmail();
        return signIn(activeClient(email), email, PASSWORD);
    }

    public SignedIn signedInAdmin() {
        return signIn(null, "admin@brokerx.local", "admin-password");
    }

    public static Map<String, Object> claims(String token) {
        try {
            byte[] payload = java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
            return Json.mapper().readerForMapOf(Object.class).readValue(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        app.after();
        if (ownsMails) {
            mails.close();
        }
    }
}
