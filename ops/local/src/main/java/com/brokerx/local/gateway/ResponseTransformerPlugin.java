package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.ResponseTransformer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;

/** Adds headers to the response where it does not have them. */
final class ResponseTransformerPlugin implements Plugin {

    private final ResponseTransformer config;

    ResponseTransformerPlugin(ResponseTransformer config) {
        this.config = config;
    }

    @Override
    public int priority() {
        return 800;
    }

    @Override
    public void headers(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        for (String line : config.add().headers()) {
            int colon = line.indexOf(':');
            HttpString name = new HttpString(line.substring(0, colon));
            if (!headers.contains(name)) {
                headers.put(name, line.substring(colon + 1));
            }
        }
    }
}
