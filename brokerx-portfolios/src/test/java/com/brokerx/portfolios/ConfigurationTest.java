package com.brokerx.portfolios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.testing.TestDatabase;
import io.dropwizard.configuration.ConfigurationValidationException;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files as they are delivered. */
class ConfigurationTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> PRODUCTION = Map.of(
            "DATABASE_URL",
            "jdbc:postgresql://db/portfolios",
            "DATABASE_USER",
            "brokerx",
            "DATABASE_PASSWORD",
            SECRET,
            "INTERNAL_TOKEN",
            SECRET,
            "WEBHOOK_SECRET",
            SECRET,
            "CLIENTS_URL",
            "http://clients:3001");

    @Test
    void startsInDevelopmentWithoutAnythingInTheEnvironment() throws Exception {
        var app = new DropwizardTestSupport<>(
                PortfoliosApplication.class,
                "config/development.yml",
                ConfigOverride.config(
                        "portfolios.database.url",
                        TestDatabase.migrated("portfolios/migrations.xml").url()),
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"));
        app.before();
        try {
            String service = "http://localhost:" + app.getLocalPort();
            String admin = "http://localhost:" + app.getAdminPort();
            assertThat(get(service + "/health").body()).contains("\"service\":\"portfolios\"");
            assertThat(get(service + "/docs/portfolios.yaml").statusCode()).isEqualTo(200);
            HttpResponse<String> healthy = get(admin + "/healthcheck");
            assertThat(healthy.statusCode()).as(healthy.body()).isEqualTo(200);
            assertThat(healthy.body()).contains("\"portfolios\"", "portfolios-outbox", "portfolios-clients");
            assertThat(get(admin + "/metrics").body())
                    .contains("settlement_lag_seconds_count")
                    .contains("group_commit_queued{batch=\"reserve\"")
                    .contains("outbox_lag_seconds{service=\"portfolios\"");
        } finally {
            app.after();
        }
    }

    @Test
    void isFitForProductionWithSecretsOfItsOwn() throws Exception {
        PortfoliosConfiguration configuration = read(PRODUCTION);

        configuration.portfolios().requireFitFor(configuration.service());
        assertThat(configuration.service().isProduction()).isTrue();
        assertThat(configuration.service().exposeSecrets()).isFalse();
    }

    @Test
    void doesNotStartInProductionWithADevelopmentSecret() {
        assertThatThrownBy(() -> {
                    PortfoliosConfiguration configuration =
                            read(productionWith("WEBHOOK_SECRET", "dev-webhook-secret"));
                    configuration.portfolios().requireFitFor(configuration.service());
                })
                .hasMessageContaining("development default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL", "INTERNAL_TOKEN", "CLIENTS_URL"})
    void namesWhatIsMissingInProduction(String name) {
        assertThatThrownBy(() -> read(productionWith(name, "")))
                .isInstanceOfAny(ConfigurationValidationException.class, IOException.class);
    }

    private static PortfoliosConfiguration read(Map<String, String> environment) throws Exception {
        StringSubstitutor substitutor = new StringSubstitutor(environment);
        return new YamlConfigurationFactory<>(
                        PortfoliosConfiguration.class,
                        Validators.newValidator(),
                        Jackson.newObjectMapper(),
                        "not-overridden")
                .build(
                        new SubstitutingSourceProvider(new FileConfigurationSourceProvider(), substitutor),
                        "config/production.yml");
    }

    private static Map<String, String> productionWith(String name, String value) {
        Map<String, String> environment = new HashMap<>(PRODUCTION);
        environment.put(name, value);
        return environment;
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
