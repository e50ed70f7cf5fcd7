package com.brokerx.local.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.json.Json;
import com.brokerx.local.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an Admin API that keeps what it is given. */
class FailoverTest {

    private static final Path ROOT = Path.of("../..");
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @TempDir
    private Path volume;

    private HttpServer server;
    private URI url;
    private volatile String configuration;
    private volatile boolean monolithIsUp = true;

    @BeforeEach
    void serve() throws IOException {
        configuration = Files.readString(ROOT.resolve("kong/kong.yml"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/config", this::config);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(monolithIsUp ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
        url = URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void movesEverythingToTheMonolithAndBack() throws Exception {
        failover("monolith");
        assertThat(configuration).isEqualTo(Files.readString(ROOT.resolve("kong/kong.monolith.yml")));

        failover("services");
        assertThat(configuration).isEqualTo(Files.readString(ROOT.resolve("kong/kong.yml")));
    }

    @Test
    void movesOneContextAfterAnother() throws Exception {
        failover("monolith", "orders");
        assertThat(moved()).containsExactly("orders");

        failover("monolith", "clients");
        assertThat(moved()).containsExactly("clients", "orders");

        failover("services", "orders");
        assertThat(moved()).containsExactly("clients");
    }

    @Test
    void byComposeItMovesWhatIsNamedAndKongFindsItAgainWhenItIsRestarted() throws Exception {
        Path read = volume.resolve("kong.yml");

        compose(true, "orders");
        assertThat(moved()).containsExactly("orders");
        assertThat(read).hasContent(configuration);

        compose(true, "clients");
        assertThat(moved()).containsExactly("clients", "orders");
        assertThat(read).hasContent(configuration);

        compose(false, "clients", "orders");
        assertThat(configuration).isEqualTo(Files.readString(ROOT.resolve("kong/kong.yml")));
        assertThat(read).hasContent(configuration);
    }

    /** As compose does where the service's own command runs, which writes a file. */
    @Test
    void loadsNothingThatIsNoConfiguration() throws Exception {
        Path silent = program("exit 0");
        String before = configuration;

        assertThatThrownBy(() -> failover(KongConfigurations.ofCompose(ROOT, silent.toString()), false, "orders"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("printed no configuration");
        assertThat(configuration).isEqualTo(before);
    }

    @Test
    void saysWhenARestartWouldTakeItBack() throws Exception {
        Path careless = program("[ \"$6\" = --print ] || exit 1; shift 5; exec sh kong/configuration.sh \"$@\"");

        assertThatThrownBy(() -> failover(KongConfigurations.ofCompose(ROOT, careless.toString()), true, "orders"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("a restart of the gateway would bring back the one before");
        assertThat(moved()).containsExactly("orders");
    }

    @Test
    void sendsNothingToAMonolithThatIsNotThere() throws Exception {
        monolithIsUp = false;

        assertThatThrownBy(() -> failover("monolith"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("./brokerx monolith");
        assertThat(moved()).isEmpty();
    }

    @Test
    void givesAGatewayOfProductionNoKeyOfDevelopment() {
        configuration = configuration.replace("brokerx-demo-key", "0123456789abcdef0123456789abcdef");

        assertThatThrownBy(() -> failover("monolith"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("COMPOSE_FILE");
        assertThat(configuration).doesNotContain("brokerx-demo-key");
    }

    @Test
    void saysHowItIsCalled() {
        assertThatThrownBy(() -> failover("nowhere")).hasMessageContaining("monolith|services");
        assertThatThrownBy(() -> failover("monolith", "payments")).hasMessageContaining("no context payments");
    }

    @Test
    void saysWhenThereIsNoGateway() {
        server.stop(0);

        assertThatThrownBy(() -> failover("services"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Nothing answers");
    }

    private Iterable<String> moved() throws Exception {
        return KongConfigurations.ofThisMachine(ROOT).onMonolith(configuration);
    }

    /** With a stand-in for Docker that runs the script as compose does: with the service's own command where it is given none. */
    private void compose(boolean toMonolith, String... contexts) throws Exception {
        JsonNode service = new YAMLMapper()
                .readTree(ROOT.resolve("docker-compose.yml").toFile())
                .at("/services/kong-configuration");
        assertThat(service.at("/entrypoint/1").asText()).isEqualTo("/source/configuration.sh");
        List<String> ownCommand = new ArrayList<>();
        service.path("command").forEach(word -> ownCommand.add(word.asText()));
        Path docker = program("""
                [ "$1 $2 $3 $4 $5" = "compose run --rm -T kong-configuration" ] || exit 64
                shift 5
                [ $# -gt 0 ] || set -- %s
                if [ "$1 $2" = "--to /kong/kong.yml" ]; then shift 2; set -- --to %s/kong.yml "$@"; fi
                exec sh kong/configuration.sh "$@"
                """.formatted(String.join(" ", ownCommand), volume));
        failover(KongConfigurations.ofCompose(ROOT, docker.toString()), toMonolith, contexts);
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(volume.resolve("docker"), "#!/bin/sh\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private void failover(KongConfigurations configurations, boolean toMonolith, String... contexts) throws Exception {
        new Failover(toMonolith, Set.of(contexts), new KongAdmin(url), configurations, url, NOWHERE).run();
    }

    private void failover(String... words) throws Exception {
        Failover.with(ROOT, url, url, List.of(words), NOWHERE).run();
    }

    private void config(HttpExchange exchange) throws IOException {
        byte[] answer = new byte[0];
        if (exchange.getRequestMethod().equals("POST")) {
            configuration = Json.mapper()
                    .readTree(exchange.getRequestBody())
                    .path("config")
                    .asText();
            exchange.sendResponseHeaders(201, -1);
        } else {
            answer = Json.mapper().writeValueAsBytes(Map.of("config", configuration));
            exchange.sendResponseHeaders(200, answer.length);
        }
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
