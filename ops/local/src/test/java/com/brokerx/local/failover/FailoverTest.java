package com.brokerx.local.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.json.Json;
import com.brokerx.local.UserError;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an Admin API that keeps what it is given. */
class FailoverTest {

    private static final Path ROOT = Path.of("../..");

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
        return new KongConfigurations(ROOT, false).onMonolith(configuration);
    }

    private void failover(String... words) throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Failover.with(ROOT, url, url, List.of(words), nowhere).run();
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
