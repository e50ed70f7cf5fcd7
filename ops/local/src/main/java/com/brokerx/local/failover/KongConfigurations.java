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

    /** What Kong reads when it starts, in compose. */
    private static final String FILE = "/kong/kong.yml";

    private final Path root;
    private final List<String> script;
    private final boolean kept;

    private KongConfigurations(Path root, List<String> script, boolean kept) {
        this.root = root;
        this.script = script;
        this.kept = kept;
    }

    static KongConfigurations ofThisMachine(Path root) {
        return new KongConfigurations(root, List.of("sh", "kong/configuration.sh"), false);
    }

    /** @param docker the program of that name */
    static KongConfigurations ofCompose(Path root, String docker) {
        return new KongConfigurations(
                root, List.of(docker, "compose", "run", "--rm", "-T", "kong-configuration"), true);
    }

    /** The configuration that has exactly these contexts on the monolith. */
    String with(Collection<String> onMonolith) throws IOException, InterruptedException {
        List<String> command = command(List.of("--print"), onMonolith);
        String yaml = run(command, "the gateway's configuration stays as it is");
        if (hosts(yaml).isEmpty()) {
            throw new UserError(String.join(" ", command)
                    + " printed no configuration that has services; the gateway's configuration stays as it is.");
        }
        return yaml;
    }

    /** Has Kong find the configuration again when it is restarted; the local gateway starts with its own services. */
    void keep(Collection<String> onMonolith) throws IOException, InterruptedException {
        if (kept) {
            run(
                    command(List.of("--to", FILE), onMonolith),
                    "the configuration is in force, but a restart of the gateway would bring back the one before");
        }
    }

    private List<String> command(List<String> options, Collection<String> onMonolith) {
        List<String> command = new ArrayList<>(script);
        command.addAll(options);
        Failover.CONTEXTS.stream().filter(onMonolith::contains).forEach(command::add);
        return command;
    }

    private String run(List<String> command, String consequence) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new UserError(String.join(" ", command) + " failed; " + consequence + ".");
        }
        return said;
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
