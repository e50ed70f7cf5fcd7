package com.brokerx.local.failover;

import com.brokerx.local.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code kong.yml} with some contexts on the monolith, made by {@code kong/configuration.sh}: on this machine, or in compose's container of
 * that name, which holds production's keys.
 */
final class KongConfigurations {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String MONOLITH = "monolith";

    private final Path root;
    private final boolean compose;

    KongConfigurations(Path root, boolean compose) {
        this.root = root;
        this.compose = compose;
    }

    /** The configuration that has exactly these contexts on the monolith. */
    String with(Collection<String> onMonolith) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                compose
                        ? List.of("docker", "compose", "run", "--rm", "-T", "kong-configuration")
                        : List.of("sh", "kong/configuration.sh"));
        Failover.CONTEXTS.stream().filter(onMonolith::contains).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new UserError(String.join(" ", command) + " failed; the gateway's configuration stays as it is.");
        }
        return yaml;
    }

    /** The contexts that a configuration sends to the monolith: those of its services whose host was changed to it. */
    Set<String> onMonolith(String yaml) throws IOException, InterruptedException {
        Map<String, String> contextOf = hosts(with(List.of()));
        Set<String> contexts = new TreeSet<>();
        hosts(yaml).forEach((service, host) -> {
            if (host.equals(MONOLITH) && contextOf.containsKey(service)) {
                contexts.add(contextOf.get(service));
            }
        });
        return contexts;
    }

    private static Map<String, String> hosts(String yaml) throws IOException {
        Map<String, String> hosts = new HashMap<>();
        for (JsonNode service : YAML.readTree(yaml).path("services")) {
            hosts.put(service.path("name").asText(), service.path("host").asText());
        }
        return hosts;
    }
}
