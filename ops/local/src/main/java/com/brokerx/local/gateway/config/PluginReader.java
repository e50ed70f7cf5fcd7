package com.brokerx.local.gateway.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code {name, config}}: the name says of which type the configuration is. */
final class PluginReader extends JsonDeserializer<KongFile.Plugin> {

    private static final Map<String, Class<? extends PluginConfig>> KNOWN = Map.of(
            "key-auth", PluginConfig.KeyAuth.class,
            "rate-limiting", PluginConfig.RateLimiting.class,
            "cors", PluginConfig.Cors.class,
            "correlation-id", PluginConfig.CorrelationId.class,
            "request-size-limiting", PluginConfig.RequestSizeLimiting.class,
            "request-termination", PluginConfig.RequestTermination.class,
            "request-transformer", PluginConfig.RequestTransformer.class,
            "response-transformer", PluginConfig.ResponseTransformer.class,
            "prometheus", PluginConfig.Prometheus.class);

    private static final Set<String> FIELDS = Set.of("name", "config");

    @Override
    public KongFile.Plugin deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode plugin = context.readTree(parser);
        for (Map.Entry<String, JsonNode> field : plugin.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw failure(parser, field.getKey(), "unknown field; allowed: name, config");
            }
        }
        String name = plugin.path("name").asText();
        Class<? extends PluginConfig> type = KNOWN.get(name);
        if (type == null) {
            String message = "unknown plugin '" + name + "'; the local gateway knows: "
                    + String.join(", ", new TreeSet<>(KNOWN.keySet()));
            throw failure(parser, "name", message);
        }
        return new KongFile.Plugin(name, config(plugin, type, context));
    }

    private static PluginConfig config(
            JsonNode plugin, Class<? extends PluginConfig> type, DeserializationContext context) throws IOException {
        JsonNode config = plugin.has("config") ? plugin.get("config") : new ObjectNode(context.getNodeFactory());
        try {
            PluginConfig value = context.readTreeAsValue(config, type);
            value.check();
            return value;
        } catch (JsonMappingException e) {
            e.prependPath(plugin, "config");
            throw e;
        } catch (IllegalArgumentException e) {
            throw failure(context.getParser(), "config", e.getMessage());
        }
    }

    private static JsonMappingException failure(JsonParser parser, String field, String message) {
        JsonMappingException failure = JsonMappingException.from(parser, message);
        failure.prependPath(new Object(), field);
        return failure;
    }
}
