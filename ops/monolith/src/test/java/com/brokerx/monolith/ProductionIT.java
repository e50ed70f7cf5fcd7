package com.brokerx.monolith;

import static com.brokerx.monolith.RunningMonolith.CONTEXTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The monolith with its production settings. */
class ProductionIT {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> FILLED_IN = Map.of(
            "DATABASE_PASSWORD",
            SECRET,
            "INTERNAL_TOKEN",
            SECRET,
            "WEBHOOK_SECRET",
            SECRET,
            "KEY_ENCRYPTION_SECRET",
            SECRET,
            "ADVERTISED_URL",
            "http://monolith:3000",
            "PUBLIC_URL",
            "https://broker.example.com",
            "SMTP_HOST",
            "localhost",
            "MAIL_FROM",
            "no-reply@example.com");

    private final Map<String, String> databases = databases();

    private static Map<String, String> databases() {
        TestDatabase shared = TestDatabase.empty();
        return CONTEXTS.stream()
                .collect(Collectors.toMap(context -> context, context -> shared.url() + "&currentSchema=" + context));
    }

    @Test
    void startsWithSecretsOfItsOwnAndTellsNone() throws Exception {
        try (RunningMonolith monolith = new RunningMonolith(databases, "config/production.yml", FILLED_IN)) {
            JsonNode registered = monolith.post(
                    "/api/v1/clients",
                    Map.of("client", Map.of("name", "Ann", "email", "ann@example.com", "password", "Tr0ub4dor&3-xkcd")),
                    null);

            assertThat(registered.at("/client/status").asText())
                    .as(registered.toString())
                    .isEqualTo("pending");
            assertThat(registered.has("verification_token")).isFalse();
            assertThat(monolith.get("/api/v1/instruments", null).path("data")).isNotEmpty();
        }
    }

    @Test
    void doesNotStartWithADevelopmentSecret() {
        Map<String, String> careless = new HashMap<>(FILLED_IN);
        careless.put("WEBHOOK_SECRET", "dev-webhook-secret");

        assertThatThrownBy(() -> new RunningMonolith(databases, "config/production.yml", careless))
                .hasMessageContaining("development default");
    }
}
