package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.orders.market.MarketCalendar;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of production as it is delivered. */
class ConfigurationTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> PRODUCTION =
            Map.of("INTERNAL_TOKEN", SECRET, "WEBHOOK_SECRET", SECRET, "ADVERTISED_URL", "http://orders-1:3003");

    @Test
    void isFitForProductionWithSecretsAndAnAddressOfItsOwn() throws Exception {
        OrdersConfiguration configuration = read(PRODUCTION);

        configuration.orders().requireFitFor(configuration.service());
        assertThat(configuration.service().isProduction()).isTrue();
        assertThat(configuration.service().exposeSecrets()).isFalse();
        assertThat(configuration.orders().simulation().enabled()).isFalse();
    }

    @Test
    void knowsTheSessionsOfTheNewYorkStockExchange() throws Exception {
        MarketCalendar calendar = new MarketCalendar(read(PRODUCTION).orders().marketHours());

        assertThat(calendar.isOpen(Instant.parse("2026-11-26T16:00:00Z"))).isFalse();
        assertThat(calendar.sessionEnd(Instant.parse("2026-11-26T16:00:00Z"))).isEqualTo("2026-11-27T18:00:00Z");
        assertThat(calendar.sessionEnd(Instant.parse("2026-11-27T18:00:00Z"))).isEqualTo("2026-11-30T21:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"WEBHOOK_SECRET,dev-webhook-secret,development default", "ADVERTISED_URL,'',advertisedUrl"})
    void doesNotStartInProductionWithout(String name, String value, String complaint) throws Exception {
        Map<String, String> environment = new HashMap<>(PRODUCTION);
        environment.put(name, value);
        OrdersConfiguration configuration = read(environment);

        assertThatThrownBy(() -> configuration.orders().requireFitFor(configuration.service()))
                .hasMessageContaining(complaint);
    }

    private static OrdersConfiguration read(Map<String, String> environment) throws Exception {
        return new YamlConfigurationFactory<>(
                        OrdersConfiguration.class,
                        Validators.newValidator(),
                        Jackson.newObjectMapper(),
                        "not-overridden")
                .build(
                        new SubstitutingSourceProvider(
                                new FileConfigurationSourceProvider(), new StringSubstitutor(environment)),
                        "config/production.yml");
    }
}
