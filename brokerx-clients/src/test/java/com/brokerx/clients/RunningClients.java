package com.brokerx.clients;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.json.Json;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** The clients service with a database and a mail server of its own, and a client that talks to it over HTTP. */
public final class RunningClients implements AutoCloseable {

    public static final String PASSWORD = "password123";
    public static final String INTERNAL_TOKEN = "dev-internal-token";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration MAIL_LIMIT = Duration.ofSeconds(10);
    private static final Pattern TOKEN = Pattern.compile("token=([\\w-]+)");

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
    private final GreenMail mail;
    private final DropwizardTestSupport<ClientsConfiguration> app;
    private final boolean ownsMail;

    private RunningClients(
            TestDatabase database, GreenMail mail, boolean ownsMail, Foundation foundation, List<String> overrides) {
        this.database = database;
        this.mail = mail;
        this.ownsMail = ownsMail;
        List<ConfigOverride> all = new ArrayList<>();
        all.add(ConfigOverride.config("clients.database.url", database.url()));
        all.add(ConfigOverride.config(
                "clients.mail.port", Integer.toString(mail.getSmtp().getPort())));
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
        GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
        mail.start();
        TestDatabase database = TestDatabase.migrated("clients/migrations.xml");
        return new RunningClients(database, mail, true, new Foundation(clock), Arrays.asList(overrides));
    }

    /** A second instance on the same database. */
    public RunningClients another(String... overrides) {
        return new RunningClients(database, mail, false, new Foundation(), Arrays.asList(overrides));
    }

    public Jdbi jdbi() {
        return database.jdbi();
    }

    public GreenMail mail() {
        return mail;
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

    /** Waits for {@code count} mails to this address. They come in any order, since several senders are at work. */
    public List<MimeMessage> awaitMails(String email, int count) {
        Eventually.await(
                count + " mails to " + email, MAIL_LIMIT, () -> mailsTo(email).size() >= count);
        return mailsTo(email);
    }

    /** Waits for a mail to this address whose text contains {@code part}, and gives that text. */
    public String mailWith(String email, String part) {
        AtomicReference<String> found = new AtomicReference<>();
        Eventually.await("a mail to " + email + " with: " + part, MAIL_LIMIT, () -> {
            mailsTo(email).stream()
                    .map(RunningClients::text)
                    .filter(text -> text.contains(part))
                    .findFirst()
                    .ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    public List<MimeMessage> mailsTo(String email) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> isTo(message, email))
                .toList();
    }

    private static boolean isTo(MimeMessage message, String email) {
        try {
            return message.getAllRecipients()[0].toString().equals(email);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String text(MimeMessage message) {
        try {
            return ((MimeMultipart) message.getContent())
                    .getBodyPart(0)
                    .getContent()
                    .toString();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String tokenIn(String text) {
        Matcher matcher = TOKEN.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no token in: " + text);
        }
        return matcher.group(1);
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
        if (ownsMail) {
            mail.stop();
        }
    }
}
