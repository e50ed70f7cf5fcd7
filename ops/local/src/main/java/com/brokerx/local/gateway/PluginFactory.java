package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFile;
import com.brokerx.local.gateway.config.KongFile.Route;
import com.brokerx.local.gateway.config.KongFile.Service;
import com.brokerx.local.gateway.config.PluginConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes plugins from their configuration. For each kind the narrowest scope wins: route, then service, then global. */
final class PluginFactory {

    private final KongFile file;
    private final RateCounters counters;
    private final Metrics metrics;
    private final Map<String, Plugin> global;

    PluginFactory(KongFile file, RateCounters counters, Metrics metrics) {
        this.file = file;
        this.counters = counters;
        this.metrics = metrics;
        this.global = make(file.plugins(), "global");
    }

    List<Plugin> global() {
        return List.copyOf(global.values());
    }

    List<Plugin> of(Service service, Route route) {
        Map<String, Plugin> effective = new LinkedHashMap<>(global);
        effective.putAll(make(service.plugins(), "service " + service.name()));
        effective.putAll(make(route.plugins(), "route " + route.name()));
        return List.copyOf(effective.values());
    }

    List<Plugin> of(Route route) {
        Map<String, Plugin> effective = new LinkedHashMap<>(global);
        effective.putAll(make(route.plugins(), "route " + route.name()));
        return List.copyOf(effective.values());
    }

    private Map<String, Plugin> make(List<KongFile.Plugin> plugins, String scope) {
        Map<String, Plugin> made = new LinkedHashMap<>();
        plugins.forEach(plugin -> made.put(plugin.name(), make(plugin.config(), scope)));
        return made;
    }

    private Plugin make(PluginConfig config, String scope) {
        return switch (config) {
            case PluginConfig.KeyAuth keyAuth -> new KeyAuthPlugin(keyAuth, file.consumers());
            case PluginConfig.RateLimiting limit -> new RateLimitingPlugin(limit, scope, counters);
            case PluginConfig.Cors cors -> new CorsPlugin(cors);
            case PluginConfig.CorrelationId id -> new CorrelationIdPlugin(id);
            case PluginConfig.RequestSizeLimiting size -> new RequestSizePlugin(size);
            case PluginConfig.RequestTermination answer -> new RequestTerminationPlugin(answer);
            case PluginConfig.RequestTransformer transformer -> new RequestTransformerPlugin(transformer);
            case PluginConfig.ResponseTransformer transformer -> new ResponseTransformerPlugin(transformer);
            case PluginConfig.Prometheus prometheus -> new PrometheusPlugin(prometheus, metrics);
        };
    }
}
