package com.brokerx.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.stack.Programs;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of the compose files without Docker. */
class ComposeTest {

    private static final Path ROOT = Path.of("../..");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?");
    private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789";

    @Test
    void everyPortOfTheStackIsPublishedOnce() throws IOException {
        List<String> ports = services().findValues("ports").stream()
                .flatMap(list -> stream(list).map(JsonNode::asText))
                .map(port -> port.replaceFirst(".*:(\\d+):\\d+$", "$1"))
                .toList();

        assertThat(ports)
                .doesNotHaveDuplicates()
                .contains("8080", "8001", "3000", "3001", "3002", "3003", "3013", "5432", "5433", "5434", "5435")
                .contains("6379", "8025", "9090", "3030");
    }

    @Test
    void nothingButTheGatewayCanBeOpenedToOtherMachines() throws IOException {
        List<String> ports = services().findValues("ports").stream()
                .flatMap(list -> stream(list).map(JsonNode::asText))
                .toList();

        assertThat(ports)
                .filteredOn(port -> !port.startsWith("127.0.0.1:"))
                .allMatch(port -> port.endsWith(":8080:8080"));
    }

    @Test
    void productionTakesEverySecretFromTheEnvironmentAndTheExampleListsThem() throws IOException {
        String production = read("docker-compose.production.yml");
        Set<String> required = variables(REQUIRED, production);

        assertThat(required)
                .contains(
                        "DATABASE_PASSWORD", "POSTGRES_PASSWORD", "INTERNAL_TOKEN", "WEBHOOK_SECRET", "REDIS_PASSWORD")
                .contains("KEY_ENCRYPTION_SECRET", "GRAFANA_ADMIN_PASSWORD", "KONG_CONSUMERS");
        assertThat(read(".env.example"))
                .contains(required.stream().map(name -> "\n" + name + "=\n").toList());
        assertThat(production).doesNotContainPattern("(PASSWORD|SECRET|TOKEN):-[^}]");
        assertThat(read("docker-compose.yml")).doesNotContainPattern("(PASSWORD|SECRET|TOKEN):-[^}]");
    }

    /** What `docker compose config` says; it needs no Docker. */
    @Test
    void composeTakesTheFilesAndRefusesProductionWhileItsSecretsAreNotFilledIn() throws Exception {
        Programs.need("docker-compose", "docker-compose");
        run(compose(), 0);
        run(compose("-f", "docker-compose.production.yml"), 1);
        ProcessBuilder production = compose("-f", "docker-compose.production.yml");
        variables(REQUIRED, read("docker-compose.production.yml"))
                .forEach(name -> production.environment().put(name, KEY));
        run(production, 0);
    }

    /** With the example of settings as it is, in which every secret is empty; variables of the environment come before it. */
    private static ProcessBuilder compose(String... more) {
        List<String> command =
                new ArrayList<>(List.of("docker-compose", "--env-file", ".env.example", "-f", "docker-compose.yml"));
        command.addAll(List.of(more));
        command.addAll(List.of("config", "-q"));
        return new ProcessBuilder(command).directory(ROOT.toFile());
    }

    /** What they are there for is that a service does not start. */
    @Test
    void theDoorAndTheFallbackWaitForNoService() throws IOException {
        assertThat(services().at("/kong/depends_on").fieldNames()).toIterable().containsExactly("kong-configuration");
        assertThat(services().at("/monolith/depends_on").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("postgres-clients", "postgres-portfolios", "postgres-orders", "redis");
    }

    /** As which a proxy on this machine, that ends TLS, reaches Kong. */
    @Test
    void kongBelievesTheGatewayOfItsNetworkAboutCallersAndNobodyElse() throws IOException {
        JsonNode network =
                YAML.readTree(ROOT.resolve("docker-compose.yml").toFile()).at("/networks/default/ipam/config/0");
        String trusted = services().at("/kong/environment/KONG_TRUSTED_IPS").asText();

        assertThat(network.path("gateway").asText().replace("NETWORK_GATEWAY", "TRUSTED_PROXIES"))
                .isEqualTo(trusted);
        assertThat(network.path("subnet").asText())
                .contains(trusted.replaceFirst(".*:-([\\d.]+)\\.\\d+}", "$1") + ".0/24");
    }

    @Test
    void inProductionEveryServiceWorksAsARoleThatDoesNotOwnItsTables() throws Exception {
        Programs.need("docker-compose", "docker-compose");
        ProcessBuilder production = compose("-f", "docker-compose.production.yml");
        production.command().remove("-q");
        variables(REQUIRED, read("docker-compose.production.yml"))
                .forEach(name -> production.environment().put(name, KEY));
        JsonNode services = YAML.readTree(run(production, 0)).path("services");

        for (String service : List.of("clients", "portfolios", "orders-1", "orders-2", "monolith")) {
            JsonNode environment = services.path(service).path("environment");
            assertThat(environment.path("DATABASE_USER").asText()).as(service).isEqualTo("brokerx_app");
            assertThat(environment.path("DATABASE_OWNER").asText()).as(service).isEqualTo("brokerx");
        }
    }

    @Test
    void kongFindsEveryHostOfItsConfiguration() throws IOException {
        JsonNode kong = YAML.readTree(ROOT.resolve("kong/kong.yml").toFile());
        Set<String> hosts = new TreeSet<>();
        kong.path("services").forEach(service -> hosts.add(service.path("host").asText()));
        kong.path("upstreams").forEach(upstream -> {
            hosts.remove(upstream.path("name").asText());
            upstream.path("targets")
                    .forEach(target -> hosts.add(target.path("target").asText().replaceFirst(":.*", "")));
        });

        assertThat(hosts).contains("clients", "orders-2").allMatch(services()::has);
    }

    @Test
    void productionsConfigurationOfKongHoldsItsKeysAndNoneOfDevelopment() throws Exception {
        ProcessBuilder script = configuration();
        script.environment().put("KONG_CONSUMERS", "acme=" + KEY + ",acme=" + KEY + "-new,beta=b" + KEY);
        JsonNode kong = YAML.readTree(run(script, 0));

        assertThat(kong.at("/consumers")).hasSize(2);
        assertThat(kong.at("/consumers/0/keyauth_credentials")).hasSize(2);
        assertThat(kong.toString()).doesNotContain("brokerx-demo-key", "\"policy\":\"local\"", "http://localhost");
        assertThat(kong.toString()).contains("\"policy\":\"redis\"", "https://app.example.com");
    }

    @Test
    void productionsConfigurationOfKongIsNotMadeOfPlaceholders() throws Exception {
        for (String consumers : List.of(
                "",
                "acme",
                "acme=short",
                "acme=${ACME_KEY_THAT_NOBODY_HAS_PUT_IN}",
                "acme={vault://env/acme-key-of-acme}")) {
            ProcessBuilder script = configuration();
            script.environment().put("KONG_CONSUMERS", consumers);

            assertThat(run(script, 1)).as(consumers).isEmpty();
        }
    }

    private static ProcessBuilder configuration() {
        ProcessBuilder script = new ProcessBuilder("sh", "kong/configuration.sh").directory(ROOT.toFile());
        script.environment().put("BROKERX_ENV", "production");
        script.environment().put("KONG_CORS_ORIGINS", "https://app.example.com");
        script.environment().put("REDIS_PASSWORD", KEY);
        return script;
    }

    private static String run(ProcessBuilder script, int status) throws IOException, InterruptedException {
        Process process = script.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(status);
        return said;
    }

    private static JsonNode services() throws IOException {
        return YAML.readTree(ROOT.resolve("docker-compose.yml").toFile()).path("services");
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false);
    }

    private static Set<String> variables(Pattern pattern, String text) {
        return new TreeSet<>(pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList());
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
