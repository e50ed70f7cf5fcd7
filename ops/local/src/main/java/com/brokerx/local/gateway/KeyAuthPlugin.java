package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFile;
import com.brokerx.local.gateway.config.PluginConfig.KeyAuth;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Wants an API key in a header and learns from it who the consumer is. */
final class KeyAuthPlugin implements Plugin {

    private final KeyAuth config;
    private final Map<String, String> consumerByKey;

    KeyAuthPlugin(KeyAuth config, List<KongFile.Consumer> consumers) {
        this.config = config;
        this.consumerByKey = consumers.stream()
                .flatMap(consumer -> consumer.keyauthCredentials().stream()
                        .map(credential -> Map.entry(credential.key(), consumer.username())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public int priority() {
        return 1250;
    }

    @Override
    public HttpHandler access(HttpHandler next) {
        return exchange -> {
            if (exchange.getRequestMethod().equals(Methods.OPTIONS) && !config.runOnPreflight()) {
                next.handleRequest(exchange);
                return;
            }
            HeaderValues keys = keys(exchange);
            if (keys == null || keys.getFirst().isEmpty()) {
                refuse(exchange, "No API key found in request");
            } else if (keys.size() > 1) {
                refuse(exchange, "Duplicate API key found");
            } else if (!consumerByKey.containsKey(keys.getFirst())) {
                refuse(exchange, "Unauthorized");
            } else {
                RequestContext.of(exchange).consumer = consumerByKey.get(keys.getFirst());
                if (config.hideCredentials()) {
                    exchange.getRequestHeaders().remove(keys.getHeaderName());
                }
                next.handleRequest(exchange);
            }
        };
    }

    private HeaderValues keys(HttpServerExchange exchange) {
        for (String name : config.keyNames()) {
            HeaderValues values = exchange.getRequestHeaders().get(name);
            if (values != null) {
                return values;
            }
        }
        return null;
    }

    private static void refuse(HttpServerExchange exchange, String message) {
        exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Key");
        KongError.send(exchange, StatusCodes.UNAUTHORIZED, message);
    }
}
