package com.brokerx.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.app.ServiceSettings.RunEnvironment;
import com.brokerx.testing.TestDatabase;
import io.dropwizard.configuration.ConfigurationValidationException;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files as they are delivered. */
class ConfigurationTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> PRODUCTION = Map.ofEntries(
            Map.entry("DATABASE_URL", "jdbc:postgresql://db/clients"),
            Map.entry("DATABASE_USER", "brokerx"),
            Map.entry("DATABASE_PASSWORD", SECRET),
            Map.entry("INTERNAL_TOKEN", SECRET),
            Map.entry("WEBHOOK_SECRET", SECRET),
            Map.entry("KEY_ENCRYPTION_SECRET", SECRET),
            Map.entry("PORTFOLIOS_URL", "http://portfolios:3002"),
            Map.entry("PUBLIC_URL", "https://broker.example"),
            Map.entry("SMTP_HOST", "mail.example"));

    private static ClientsConfiguration read(String file, Map<String, String> environment) throws Exception {
        StringSubstitutor substitutor = new StringSubstitutor(environment);
        substitutor.setEnableUndefinedVariableException(false);
        return new YamlConfigurationFactory<>(
                        ClientsConfiguration.class,
                        Validators.newValidator(),
                        Jackson.newObjectMapper(),
                        "not-overridden")
                .build(new SubstitutingSourceProvider(new FileConfigurationSourceProvider(), substitutor), file);
    }

    private static void start(ClientsConfiguration configuration) {
        configuration.clients().requireFitFor(configuration.service());
    }

    private static Map<String, String> productionWith(String name, String value) {
        Map<String, String> environment = new HashMap<>(PRODUCTION);
        environment.put(name, value);
        return environment;
    }

    @Test
    void startsInDevelopmentWithoutAnythingInTheEnvironment() throws Exception {
        DropwizardTestSupport<ClientsConfiguration> app = new DropwizardTestSupport<>(
                ClientsApplication.class,
                "config/development.yml",
                ConfigOverride.config(
                        "clients.database.url",
                        TestDatabase.migrated("clients/migrations.xml").url()),
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"));
        app.before();
        try {
            URI service = URI.create("http://localhost:" + app.getLocalPort());
            URI admin = URI.create("http://localhost:" + app.getAdminPort());
            assertThat(RunningClients.send("GET", service.resolve("/health"), null)
                            .text("service"))
                    .isEqualTo("clients");
            var healthy = RunningClients.send("GET", admin.resolve("/healthcheck"), null);
            assertThat(healthy.status()).as(healthy.http().body()).isEqualTo(200);
            assertThat(healthy.body().fieldNames()).toIterable().contains("clients", "clients-outbox");
            assertThat(RunningClients.send("GET", admin.resolve("/metrics"), null)
                            .http()
                            .body())
                    .contains("clients_mail_attempts_total")
                    .contains("clients_mail_waiting 0.0")
                    .contains("outbox_lag_seconds{service=\"clients\"");
            assertThat(RunningClients.send("GET", service.resolve("/docs/clients.yaml"), null)
                            .status())
                    .isEqualTo(200);
        } finally {
            app.after();
        }
    }

    @Test
    void isFitForProductionWithSecretsOfItsOwn() throws Exception {
        ClientsConfiguration configuration = read("config/production.yml", PRODUCTION);

        start(configuration);
        assertThat(configuration.service().environment()).isEqualTo(RunEnvironment.PRODUCTION);
        assertThat(configuration.service().exposeSecrets()).isFalse();
        assertThat(configuration.clients().passwords().refuseCommon()).isTrue();
        assertThat(configuration.clients().admin().isWanted()).isFalse();
        assertThat(configuration.clients().outgoingMail().from()).isEqualTo("BrokerX <no-reply@broker.example>");
    }

    @Test
    void doesNotStartInProductionWithADevelopmentSecret() {
        for (String name : new String[] {"WEBHOOK_SECRET", "KEY_ENCRYPTION_SECRET"}) {
            assertThatThrownBy(() -> start(read("config/production.yml", productionWith(name, "dev-webhook-secret"))))
                    .as(name)
                    .hasMessageContaining("development default");
            assertThatThrownBy(() -> start(read("config/production.yml", productionWith(name, "short"))))
                    .as(name)
                    .hasMessageContaining("fewer than 24");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL", "KEY_ENCRYPTION_SECRET", "PUBLIC_URL", "SMTP_HOST", "INTERNAL_TOKEN"})
    void namesWhatIsMissingInProduction(String name) {
        assertThatThrownBy(() -> read("config/production.yml", productionWith(name, "")))
                .isInstanceOf(ConfigurationValidationException.class);
    }

    @Test
    void makesAnAdministratorInProductionOnlyWithAStrongPassword() throws Exception {
        Map<String, String> environment = productionWith("ADMIN_EMAIL", "admin@broker.example");
        environment.put("ADMIN_PASSWORD", "password123");

        assertThatThrownBy(() -> start(read("config/production.yml", environment)))
                .hasMessageContaining("clients.admin.password");
        environment.put("ADMIN_PASSWORD", SECRET);
        ClientsConfiguration configuration = read("config/production.yml", environment);
        start(configuration);
        assertThat(configuration.clients().admin().isWanted()).isTrue();
    }
}
