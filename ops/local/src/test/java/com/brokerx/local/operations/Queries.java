package com.brokerx.local.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every expression of our dashboards and alerts, by where it stands. */
final class Queries {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path ROOT = Path.of("../..");

    private Queries() {}

    /** Those of panels, of annotations, and of the variables to choose from. */
    static Map<String, String> ofDashboards() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (Path file : files("ops/grafana/dashboards", ".json")) {
            JsonNode board = YAML.readTree(file.toFile());
            Stream<String> shown = board.findValuesAsText("expr").stream();
            Stream<String> offered = board.at("/templating/list").findValuesAsText("definition").stream()
                    .map(query -> query.replaceFirst("^label_values\\((.*), \\w+\\)$", "$1"));
            Stream.concat(shown, offered)
                    .forEach(expression -> queries.put(
                            board.path("title").asText() + ": " + expression,
                            expression.replace("$job", ".*").replace("$__rate_interval", "1m")));
        }
        return queries;
    }

    /** What alerts compare with their thresholds, which is there whether they fire or not. */
    static Map<String, String> ofAlerts() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (JsonNode rule : alerts()) {
            queries.put(
                    rule.path("alert").asText(),
                    rule.path("expr").asText().strip().replaceFirst("\\s*(?:==|>|<)\\s*[\\d.]+$", ""));
        }
        return queries;
    }

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (Path file : files("ops/prometheus/rules", ".yml")) {
            for (JsonNode group : YAML.readTree(file.toFile()).path("groups")) {
                group.path("rules").forEach(rules::add);
            }
        }
        return rules;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Whether Prometheus finds a number for the expression now; "not a number" is what a quotient of nothing gives. */
    static boolean hasData(URI prometheus, String expression) {
        String query = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        JsonNode answer = Caller.tree(Caller.send(HttpRequest.newBuilder(prometheus.resolve(query))));
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        for (JsonNode series : answer.at("/data/result")) {
            if (Double.isFinite(series.at("/value/1").asDouble(Double.NaN))) {
                return true;
            }
        }
        return false;
    }
}
