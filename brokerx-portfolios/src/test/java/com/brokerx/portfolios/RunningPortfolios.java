package com.brokerx.portfolios;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.auth.InternalTokenFilter;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.commons.outbox.WebhookSignature;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The service in this process, with a database of its own and real HTTP. */
public final class RunningPortfolios implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> SECRETS = List.of("dev-webhook-secret");

    private final TestIdentity identity = new TestIdentity();
    private final TestDatabase database;
    private final DropwizardTestSupport<PortfoliosConfiguration> app;

    private RunningPortfolios(TestDatabase database, ConfigOverride... overrides) throws Exception {
        this.database = database;
        ConfigOverride[] all = Stream.concat(
                        Stream.of(
                                ConfigOverride.config("portfolios.database.url", database.url()),
                                ConfigOverride.config(
                                        "clients.url", identity.serve().toString())),
                        Arrays.stream(overrides))
                .toArray(ConfigOverride[]::new);
        app = new DropwizardTestSupport<>(PortfoliosApplication.class, "config/test.yml", all);
        app.before();
    }

    public static RunningPortfolios start(ConfigOverride... overrides) {
        return startOn(TestDatabase.migrated("portfolios/migrations.xml"), overrides);
    }

    /** A further instance on the same database. */
    public static RunningPortfolios startOn(TestDatabase database, ConfigOverride... overrides) {
        try {
            return new RunningPortfolios(database, overrides);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public TestDatabase database() {
        return database;
    }

    public Jdbi jdbi() {
        return database.jdbi();
    }

    public TestIdentity identity() {
        return identity;
    }

    public URI url() {
        return URI.create("http://localhost:" + app.getLocalPort());
    }

    public URI adminUrl() {
        return URI.create("http://localhost:" + app.getAdminPort());
    }

    /** An answer of the service. */
    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            return read(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String code() {
            return json().path("code").asText();
        }
    }

    /** Makes requests as one client, whose token it holds. */
    public final class Client {
        private final UUID id;
        private final String token;

        private Client(UUID id) {
            this.id = id;
            this.token = identity.token(id);
        }

        public UUID id() {
            return id;
        }

        public Answer get(String path) {
            return send(request(path).GET());
        }

        public String token() {
            return token;
        }

        public Answer post(String path, Object body, String... headers) {
            return send(request(path).header("Content-Type", "application/json").POST(json(body)), headers);
        }

        public String defaultPortfolioId() {
            return get("/api/v1/portfolio").json().at("/data/id").asText();
        }

        /** Available, reserved and both together, in the default portfolio. */
        public List<String> balances() {
            JsonNode data = get("/api/v1/portfolio").json().path("data");
            return List.of(
                    data.path("available_balance").asText(),
                    data.path("reserved_balance").asText(),
                    data.path("cash_balance").asText());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(url().resolve(path)).header("Authorization", "Bearer " + token);
        }
    }

    public Client client() {
        return new Client(Ids.next());
    }

    public Client client(UUID id) {
        return new Client(id);
    }

    /** A client with this much cash in the default portfolio. */
    public Client clientWith(String cash) {
        Client client = client();
        journal(client.id(), "USD", cash);
        return client;
    }

    public void journal(UUID client, String asset, String amount) {
        Answer answer = internal(
                "/internal/journals",
                """
                {"client_id": "%s", "asset": "%s", "amount": "%s", "reason": "test"}""".formatted(client, asset, amount),
                "Idempotency-Key",
                Ids.next().toString());
        if (answer.status() != 201) {
            throw new AssertionError(answer.response().body());
        }
    }

    public Answer internal(String path, Object body, String... headers) {
        return send(
                internalRequest(path).header("Content-Type", "application/json").POST(json(body)), headers);
    }

    public Answer internal(String path) {
        return send(internalRequest(path).GET());
    }

    private HttpRequest.Builder internalRequest(String path) {
        return HttpRequest.newBuilder(url().resolve(path)).header(InternalTokenFilter.HEADER, "dev-internal-token");
    }

    /** Delivers events as another service's relay would, each with an id of its own. */
    public Answer deliver(DomainEvent... events) {
        return deliver(Arrays.stream(events).map(RunningPortfolios::envelope).toList());
    }

    public Answer deliver(List<EventEnvelope> events) {
        return deliver(events, SECRETS, Instant.now());
    }

    public Answer deliver(List<EventEnvelope> events, List<String> secrets, Instant at) {
        byte[] body = write(new EventEnvelope.Batch(events));
        long timestamp = at.getEpochSecond();
        return send(internalRequest("/internal/webhooks/portfolios")
                .header("Content-Type", "application/json")
                .header(WebhookSignature.ID_HEADER, "delivery")
                .header(WebhookSignature.TIMESTAMP_HEADER, Long.toString(timestamp))
                .header(WebhookSignature.SIGNATURE_HEADER, WebhookSignature.sign(secrets, "delivery", timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public static EventEnvelope envelope(DomainEvent event) {
        return new EventEnvelope(
                Ids.next(),
                event.type(),
                event.aggregate(),
                Instant.now(),
                RequestId.currentOrNew(),
                Json.mapper().valueToTree(event));
    }

    /** Sends a request as it is. */
    public Answer send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return body instanceof String text
                ? HttpRequest.BodyPublishers.ofString(text)
                : HttpRequest.BodyPublishers.ofByteArray(write(body));
    }

    private static byte[] write(Object body) {
        try {
            return Json.mapper().writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    @Override
    public void close() {
        app.after();
        identity.close();
    }
}
