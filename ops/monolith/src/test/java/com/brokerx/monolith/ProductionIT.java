package com.brokerx.monolith;

import static com.brokerx.monolith.RunningMonolith.CONTEXTS;
import static com.brokerx.monolith.RunningMonolith.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.json.Json;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.OwnedDatabase;
import com.brokerx.testing.TestDatabase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The monolith with its production settings, which the services share. */
class ProductionIT {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String PASSWORD = "Tr0ub4dor&3-xkcd";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final OwnedDatabase OWNED = OwnedDatabase.of("brokerx");
    private static final TestDatabase SHARED = OWNED.database();
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));

    private static Map<String, String> filledIn;
    private static RunningMonolith monolith;

    @BeforeAll
    static void start() throws Exception {
        MAIL.start();
        filledIn = Map.ofEntries(
                Map.entry("DATABASE_USER", OWNED.service()),
                Map.entry("DATABASE_PASSWORD", SECRET),
                Map.entry("DATABASE_OWNER", OWNED.owner()),
                Map.entry("DATABASE_OWNER_PASSWORD", SECRET),
                Map.entry("INTERNAL_TOKEN", SECRET),
                Map.entry("WEBHOOK_SECRET", SECRET),
                Map.entry("KEY_ENCRYPTION_SECRET", SECRET),
                Map.entry("ADVERTISED_URL", "http://monolith:3000"),
                Map.entry("PUBLIC_URL", "https://broker.example.com"),
                Map.entry("SMTP_HOST", "localhost"),
                Map.entry("SMTP_PORT", Integer.toString(MAIL.getSmtp().getPort())),
                Map.entry("SMTP_ENCRYPTION", "NONE"),
                Map.entry("MAIL_FROM", "no-reply@example.com"));
        monolith = new RunningMonolith(databases(), "config/production.yml", filledIn);
    }

    @AfterAll
    static void stop() {
        monolith.close();
        MAIL.stop();
    }

    private static Map<String, String> databases() {
        return CONTEXTS.stream()
                .collect(Collectors.toMap(context -> context, context -> OWNED.url() + "?currentSchema=" + context));
    }

    private static JsonNode register(String name) {
        return monolith.post(
                "/api/v1/clients",
                Map.of("client", Map.of("name", name, "email", name + "@example.com", "password", PASSWORD)),
                null);
    }

    @Test
    void startsWithSecretsOfItsOwnAndTellsNone() {
        JsonNode registered = register("ann");

        assertThat(registered.at("/client/status").asText())
                .as(registered.toString())
                .isEqualTo("pending");
        assertThat(registered.has("verification_token")).isFalse();
        assertThat(monolith.get("/api/v1/instruments", null).path("data")).isNotEmpty();
    }

    @Test
    void worksWithoutTheRightToChangeWhatOnlyGrows() {
        OWNED.assertServiceMayNot(
                "UPDATE portfolios.entries SET type = 'fee'",
                "DELETE FROM portfolios.journals",
                "ALTER TABLE portfolios.entries DISABLE TRIGGER ALL",
                "CREATE TABLE public.mine (id int)");
    }

    @Test
    void doesNotStartWithADevelopmentSecret() {
        Map<String, String> careless = new HashMap<>(filledIn);
        careless.put("WEBHOOK_SECRET", "dev-webhook-secret");

        assertThatThrownBy(() -> new RunningMonolith(databases(), "config/production.yml", careless))
                .hasMessageContaining("development default")
                .extracting(Throwable::getMessage)
                .satisfies(log -> assertThat(log.lines().map(ProductionIT::parse))
                        .anySatisfy(line ->
                                assertThat(line.path("message").asText()).isEqualTo("monolith cannot start")));
    }

    /** One order, one fault: who looks for either by an id finds every line about it, and no secret. */
    @Test
    void everyLineOfItsLogIsOneJsonObjectWithTheIdsOfItsRequest() {
        JsonNode client = register("bob").path("client");
        String link = mailed("bob", Pattern.compile("token=([\\w.-]+)"));
        monolith.get("/api/v1/clients/" + client.path("id").asText() + "/verify_email?token=" + link, null);
        String token = signIn("bob");

        String orderId = monolith.post(
                        "/api/v1/orders",
                        Map.of(
                                "symbol",
                                "AAPL",
                                "direction",
                                "buy",
                                "order_type",
                                "limit",
                                "quantity",
                                1,
                                "price",
                                175),
                        token,
                        "X-Request-Id",
                        "order-of-bob",
                        "traceparent",
                        "00-" + TRACE + "-00f067aa0ba902b7-00")
                .path("order_id")
                .asText();
        fail(token, "fault-of-bob");
        monolith.get("/health", null);
        monolith.get("/internal/sessions/revoked", null, "X-Internal-Token", SECRET);
        List<JsonNode> lines = await(line -> line.path("request_id").asText().equals("fault-of-bob")
                && line.path("status").asInt() == 500);

        assertThat(lines).allSatisfy(ProductionIT::saysWhenAndWhere);
        assertThat(of("order-of-bob", lines)).anySatisfy(line -> {
            assertThat(line.path("method").asText()).isEqualTo("POST");
            assertThat(line.path("path").asText()).isEqualTo("/api/v1/orders");
            assertThat(line.path("status").asInt()).isEqualTo(422);
            assertThat(line.path("duration_ms").isNumber()).isTrue();
            assertThat(line.path("trace_id").asText()).isEqualTo(TRACE);
            assertThat(line.path("client_id")).isEqualTo(client.path("id"));
            assertThat(line.path("order_id").asText()).isEqualTo(orderId).isNotEmpty();
        });
        assertThat(of("fault-of-bob", lines)).anySatisfy(line -> {
            assertThat(line.path("level").asText()).isEqualTo("ERROR");
            assertThat(line.path("exception").asText())
                    .contains("\tat com.brokerx", "does not exist", "FROM portfolios")
                    .doesNotContain("arguments", client.path("id").asText());
            assertThat(line.path("client_id")).isEqualTo(client.path("id"));
            assertThat(line.path("trace_id").asText()).hasSize(32);
        });
        assertThat(String.join("\n", monolith.log()))
                .contains("/verify_email")
                .doesNotContain(
                        link,
                        token,
                        PASSWORD,
                        SECRET,
                        "\"path\":\"/health\"",
                        "\"path\":\"/internal/sessions",
                        "\"-\"");
    }

    private static void saysWhenAndWhere(JsonNode line) {
        assertThat(Instant.parse(line.path("timestamp").asText())).isBefore(Instant.now());
        assertThat(line.path("service").asText()).isEqualTo("monolith");
        assertThat(line.path("instance").asText()).isEqualTo("monolith-under-test");
        assertThat(line.path("logger").asText()).isNotEmpty();
    }

    /** A table is away for the time of one request. */
    private static void fail(String token, String requestId) {
        rename("portfolios.portfolios", "hidden");
        try {
            monolith.get("/api/v1/portfolios", token, "X-Request-Id", requestId);
        } finally {
            rename("portfolios.hidden", "portfolios");
        }
    }

    private static void rename(String table, String name) {
        SHARED.jdbi().useHandle(handle -> handle.execute("ALTER TABLE " + table + " RENAME TO " + name));
    }

    private static String signIn(String name) {
        JsonNode login =
                monolith.post("/api/v1/auth/login", Map.of("email", name + "@example.com", "password", PASSWORD), null);
        String code = mailed(name, Pattern.compile("^ +(\\d{6})\\s*$", Pattern.MULTILINE));
        return monolith.post(
                        "/api/v1/auth/verify_mfa",
                        Map.of("session_token", login.path("session_token"), "mfa_code", code),
                        null)
                .path("token")
                .asText();
    }

    /** What the first group finds in a mail to {@code name}. */
    private static String mailed(String name, Pattern pattern) {
        Eventually.await("the mail to " + name, SOON, () -> find(name, pattern).isPresent());
        return find(name, pattern).orElseThrow();
    }

    private static Optional<String> find(String name, Pattern pattern) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .map(message -> GreenMailUtil.getWholeMessage(message)
                        .replace("=\r\n", "")
                        .replace("=3D", "="))
                .filter(text -> text.contains(name + "@example.com"))
                .flatMap(text -> pattern.matcher(text).results())
                .map(found -> found.group(1))
                .findFirst();
    }

    /** The log, once it has such a line: it is written by a thread of its own. */
    private static List<JsonNode> await(Predicate<JsonNode> awaited) {
        Eventually.await("the line in the log", SOON, () -> lines().stream().anyMatch(awaited));
        return lines();
    }

    private static List<JsonNode> of(String requestId, List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.path("request_id").asText().equals(requestId))
                .toList();
    }

    /** Every line of the process, or failure at one that is no JSON object. */
    private static List<JsonNode> lines() {
        return monolith.log().stream().map(ProductionIT::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            JsonNode object = Json.mapper().readTree(line);
            assertThat(object.isObject()).as(line).isTrue();
            return object;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
