package com.brokerx.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminApiTest {

    private static final String OTHER = """
            _format_version: "3.0"
            services:
              - name: other
                host: localhost
                port: %d
                routes:
                  - {name: other, paths: [/], strip_path: false}
            """;

    private final Backend one = Backend.named("one");
    private final Backend two = Backend.named("two");
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.with(one, "");
    }

    @AfterEach
    void stop() {
        gateway.close();
        one.close();
        two.close();
    }

    @Test
    void aNewConfigurationIsInForceAtOnce() {
        HttpResponse<String> loaded = post(OTHER.formatted(two.port()), "text/yaml");

        assertThat(loaded.statusCode()).isEqualTo(201);
        assertThat(gateway.get("/a").body()).contains("backend two");
    }

    @Test
    void aConfigurationIsTakenAsAJsonMemberAndAsAFormFieldToo() {
        String yaml = OTHER.formatted(two.port());
        String json = "{\"config\":\"" + yaml.replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
        String form = "--b\r\nContent-Disposition: form-data; name=\"config\"; filename=\"kong.yml\"\r\n"
                + "Content-Type: text/yaml\r\n\r\n" + yaml + "\r\n--b--\r\n";

        assertThat(post(json, "application/json").statusCode()).isEqualTo(201);
        assertThat(post(form, "multipart/form-data; boundary=b").statusCode()).isEqualTo(201);
        assertThat(gateway.get("/a").body()).contains("backend two");
    }

    @Test
    void anInvalidConfigurationIsRefusedAndTheOldOneStays() {
        HttpResponse<String> refused = post(OTHER.formatted(two.port()) + "plugins: [{name: nonsense}]", "text/yaml");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("unknown plugin 'nonsense'");
        assertThat(gateway.get("/a").body()).contains("backend one");
    }

    @Test
    void anUnknownHostIsRefusedByName() {
        String yaml = OTHER.replace("host: localhost", "host: nowhere").formatted(1);

        assertThat(post(yaml, "text/yaml").body()).contains("The host nowhere:1 is unknown on this machine");
    }

    @Test
    void countersSurviveAReload() {
        String limit = """
                plugins:
                  - name: rate-limiting
                    config: {minute: 2, policy: local, limit_by: ip}
                """;
        String yaml = OTHER.formatted(two.port()) + limit;
        post(yaml, "text/yaml");
        gateway.get("/a");
        post(yaml, "text/yaml");
        gateway.get("/a");

        assertThat(gateway.get("/a").statusCode()).isEqualTo(429);
    }

    @Test
    void statusAndTheConfigurationInForceCanBeRead() {
        assertThat(get("/status").body()).contains("\"reachable\":true");
        assertThat(get("/config").body()).contains("_format_version");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) {
        return gateway.admin("GET", path, BodyPublishers.noBody());
    }

    private HttpResponse<String> post(String body, String type) {
        return gateway.admin("POST", "/config", BodyPublishers.ofString(body), "Content-Type", type);
    }
}
