package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFileException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.prometheus.client.exporter.common.TextFormat;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.server.handlers.form.FormParserFactory;
import io.undertow.util.Headers;
import io.undertow.util.PathTemplateMatch;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of Kong's Admin API that operating this gateway needs: status, reload, targets' health, metrics. */
final class AdminApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final FormParserFactory FORMS = FormParserFactory.builder().build();
    private static final int INVALID_CONFIGURATION = 14;

    private final Gateway gateway;

    private AdminApi(Gateway gateway) {
        this.gateway = gateway;
    }

    static HttpHandler handler(Gateway gateway) {
        AdminApi api = new AdminApi(gateway);
        return Handlers.routing()
                .get("/status", api::status)
                .get("/metrics", api::metrics)
                .get("/config", api::config)
                .post("/config", exchange -> exchange.dispatch(() -> api.reload(exchange)))
                .get("/upstreams/{name}/health", api::health)
                .setFallbackHandler(exchange -> answer(exchange, 404, Map.of("message", "Not found")))
                .setInvalidMethodHandler(exchange -> answer(exchange, 405, Map.of("message", "Method not allowed")));
    }

    private void status(HttpServerExchange exchange) throws JsonProcessingException {
        Map<String, Object> status = Map.of(
                "database",
                Map.of("reachable", true),
                "configuration_hash",
                Integer.toHexString(gateway.text().hashCode()));
        answer(exchange, StatusCodes.OK, status);
    }

    private void metrics(HttpServerExchange exchange) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, gateway.metrics().registry().metricFamilySamples());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, TextFormat.CONTENT_TYPE_004);
        exchange.getResponseSender().send(text.toString());
    }

    private void config(HttpServerExchange exchange) throws JsonProcessingException {
        answer(exchange, StatusCodes.OK, Map.of("config", gateway.text()));
    }

    private void health(HttpServerExchange exchange) throws JsonProcessingException {
        String name = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY)
                .getParameters()
                .get("name");
        Optional<Balancer> balancer = gateway.site().balancer(name);
        if (balancer.isEmpty()) {
            answer(exchange, StatusCodes.NOT_FOUND, Map.of("message", "Not found"));
            return;
        }
        List<Map<String, String>> targets = balancer.get().targets().stream()
                .map(target -> Map.of(
                        "target",
                        target.name(),
                        "health",
                        target.health().state().name()))
                .toList();
        answer(exchange, StatusCodes.OK, Map.of("data", targets));
    }

    /** As Kong takes it: a form field or a JSON member named {@code config}; or the file itself as the body. */
    private void reload(HttpServerExchange exchange) {
        try {
            exchange.startBlocking();
            gateway.load(configuration(exchange), "config");
            answer(exchange, StatusCodes.CREATED, Map.of("message", "the configuration is in force"));
        } catch (KongFileException e) {
            answerInvalid(exchange, e.getMessage());
        } catch (IOException e) {
            answerInvalid(exchange, "the body could not be read");
        }
    }

    private static void answerInvalid(HttpServerExchange exchange, String message) {
        Map<String, Object> body = Map.of(
                "code", INVALID_CONFIGURATION,
                "name", "invalid declarative configuration",
                "message", message);
        answer(exchange, StatusCodes.BAD_REQUEST, body);
    }

    private static String configuration(HttpServerExchange exchange) throws IOException {
        FormDataParser form = FORMS.createParser(exchange);
        if (form != null) {
            FormData.FormValue value = form.parseBlocking().getFirst("config");
            if (value == null) {
                throw new KongFileException("expected a form field named config");
            }
            return value.isFileItem()
                    ? new String(value.getFileItem().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    : value.getValue();
        }
        String body = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type != null && type.startsWith("application/json")) {
            JsonNode config = JSON.readTree(body).path("config");
            return config.isTextual() ? config.asText() : body;
        }
        return body;
    }

    private static void answer(HttpServerExchange exchange, int status, Map<String, ?> body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        try {
            exchange.getResponseSender().send(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings are always JSON", e);
        }
    }
}
