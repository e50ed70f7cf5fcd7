package com.brokerx.local.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KongFileReaderTest {

    private static final Path KONG_YML = Path.of("../../kong/kong.yml");

    @Test
    void readsTheFileThatProductionUses() throws IOException {
        KongFile file = KongFileReader.read(KONG_YML);

        assertThat(file.services()).extracting(KongFile.Service::name).contains("clients", "portfolios", "orders");
        assertThat(file.upstreams().getFirst().targets()).hasSize(2);
    }

    @Test
    void readsTheMonolithsFileWhichIsMadeFromIt() throws Exception {
        Process script =
                new ProcessBuilder("sh", "../../kong/configuration.sh", "clients", "portfolios", "orders").start();
        String made = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(made).isEqualTo(Files.readString(KONG_YML.resolveSibling("kong.monolith.yml")));
        assertThat(KongFileReader.read(made, "kong.monolith.yml").services())
                .extracting(KongFile.Service::host)
                .containsOnly("monolith");
    }

    @Test
    void refusesAnUnknownPluginAndSaysWhichThereAre() {
        refuses(
                """
                _format_version: "3.0"
                services:
                  - name: clients
                    host: clients
                    plugins:
                      - name: ip-restriction
                """,
                "test.yml: services[0].plugins[0].name: unknown plugin 'ip-restriction'; the local gateway knows: "
                        + "correlation-id, cors, key-auth, prometheus, rate-limiting, request-size-limiting, "
                        + "request-termination, request-transformer, response-transformer");
    }

    @Test
    void refusesAnUnknownFieldOfAPluginAndSaysWhichThereAre() {
        refuses("""
                _format_version: "3.0"
                plugins:
                  - name: cors
                    config:
                      origins: [http://a, http://b]
                  - name: rate-limiting
                    config:
                      minuet: 100
                """, "test.yml: plugins[1].config.minuet: unknown field; allowed: limit_by, minute, policy");
    }

    @Test
    void refusesAnUnknownFieldOfARoute() {
        refuses(
                """
                _format_version: "3.0"
                routes:
                  - name: a
                    path: /a
                """,
                "test.yml: routes[0].path: unknown field; "
                        + "allowed: methods, name, paths, plugins, preserve_host, regex_priority, strip_path");
    }

    @Test
    void refusesAValueThatKongWouldTakeAndWeDoNotHave() {
        refuses("""
                _format_version: "3.0"
                plugins:
                  - name: rate-limiting
                    config: {minute: 5, policy: redis}
                """, "plugins[0].config.policy", "[local]");
    }

    @Test
    void refusesKeysInTheQueryBecauseKongsDefaultAllowsThem() {
        refuses("""
                _format_version: "3.0"
                plugins:
                  - name: key-auth
                """, "plugins[0].config", "key_in_query");
    }

    @Test
    void refusesARepeatedKeyOfWhichKongWouldTakeTheLast() {
        refuses("""
                _format_version: "3.0"
                services: []
                services: []
                """, "test.yml", "services");
    }

    @Test
    void refusesAFormatVersionThatIsANumber() {
        refuses("_format_version: 3.0", "_format_version");
    }

    @Test
    void refusesAWrongType() {
        refuses("""
                _format_version: "3.0"
                services:
                  - name: a
                    host: localhost
                    port: "80"
                """, "test.yml: services[0].port");
    }

    @Test
    void refusesTwoRoutesOfOneName() {
        refuses("""
                _format_version: "3.0"
                routes:
                  - {name: a, paths: [/a], strip_path: false}
                  - {name: a, paths: [/b], strip_path: false}
                """, "there are two of route a");
    }

    @Test
    void refusesARouteThatWouldStripItsPath() {
        refuses("""
                _format_version: "3.0"
                routes:
                  - {name: a, paths: [/a]}
                """, "strip_path: false");
    }

    private static void refuses(String yaml, String... parts) {
        assertThatThrownBy(() -> KongFileReader.read(yaml, "test.yml"))
                .isInstanceOf(KongFileException.class)
                .hasMessageContainingAll(parts);
    }
}
