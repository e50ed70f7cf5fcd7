package com.brokerx.monolith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSectionsTest {

    @TempDir
    private Path root;

    private Path own;

    @BeforeEach
    void writeFiles() throws IOException {
        own = write("ops/monolith/config/x.yml", "service: {name: monolith}");
        write("brokerx-clients/config/x.yml", """
                service: {name: clients}
                clients:
                  database: {url: "${DATABASE_URL:-jdbc:clients}", user: "${DATABASE_USER:-postgres}"}
                  secrets: [${SECRETS:-}]
                  hook: ${PORTFOLIOS_URL:-http://localhost:3002}/internal/webhooks/portfolios
                """);
    }

    @Test
    void takesTheServicesSectionAndNothingElseOfItsFile() throws IOException {
        JsonNode whole = open("clients");

        assertThat(whole.at("/service/name").asText()).isEqualTo("monolith");
        assertThat(whole.at("/clients/database/user").asText()).isEqualTo("postgres");
    }

    @Test
    void givesEachServiceItsOwnDatabaseAndThisProcessForAllOthers() throws IOException {
        JsonNode whole = open("clients");

        assertThat(whole.at("/clients/database/url").asText()).isEqualTo("jdbc:of-clients");
        assertThat(whole.at("/clients/hook").asText()).isEqualTo("http://localhost:3000/internal/webhooks/portfolios");
    }

    @Test
    void takesAListFromOneVariable() throws IOException {
        assertThat(open("clients").at("/clients/secrets")).hasSize(2);
    }

    @Test
    void prefersWhatLiesBesideIt() throws IOException {
        write("ops/monolith/config/clients/x.yml", "clients: {from: image}");

        assertThat(open("clients").at("/clients/from").asText()).isEqualTo("image");
    }

    @Test
    void saysWhereItLookedForAFileThatIsNotThere() {
        assertThatThrownBy(() -> open("orders"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("brokerx-orders");
    }

    private JsonNode open(String service) throws IOException {
        StringSubstitutor environment = new StringSubstitutor(
                Map.of("CLIENTS_DATABASE_URL", "jdbc:of-clients", "DATABASE_URL", "jdbc:other", "SECRETS", "new, old"));
        ServiceSections sections =
                new ServiceSections(path -> Files.newInputStream(Path.of(path)), environment, List.of(service));
        return new YAMLMapper().readTree(sections.open(own.toString()));
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
