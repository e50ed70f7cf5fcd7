package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFile;
import com.brokerx.local.gateway.config.KongFile.HealthChecks;
import com.brokerx.local.gateway.config.KongFile.Route;
import com.brokerx.local.gateway.config.KongFile.Service;
import com.brokerx.local.gateway.config.KongFile.Upstream;
import com.brokerx.local.gateway.config.PluginConfig.Prometheus;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.CanonicalPathUtils;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One loaded configuration, ready to serve. It is replaced whole when another one is loaded. */
final class Site implements HttpHandler, AutoCloseable {

    private final Map<String, Balancer> balancers = new LinkedHashMap<>();
    private final Router<Chain> router = new Router<>();
    private final Prober prober = new Prober();
    private final PluginFactory plugins;
    private final Hosts hosts;
    private final Chain noRoute;
    private final boolean healthIsMetered;

    Site(KongFile file, Hosts hosts, RateCounters counters, Metrics metrics) {
        this.hosts = hosts;
        this.healthIsMetered = metersHealth(file);
        this.plugins = new PluginFactory(file, counters, metrics);
        this.noRoute = Chain.withoutRoute(
                plugins.global(),
                exchange -> KongError.send(exchange, StatusCodes.NOT_FOUND, "no Route matched with those values"));
        file.upstreams().forEach(upstream -> balancers.put(upstream.name(), balancer(upstream)));
        file.services().forEach(this::add);
        file.routes().forEach(this::addWithoutService);
        balancers.values().forEach(prober::watch);
    }

    private Balancer balancer(Upstream upstream) {
        List<Target> targets = upstream.targets().stream()
                .map(target -> target(target.target(), upstream.healthchecks()))
                .toList();
        return new Balancer(upstream.name(), targets, upstream.healthchecks());
    }

    private Target target(String name, HealthChecks checks) {
        Optional<URI> uri = hosts.find(name);
        boolean checked = checks.active().healthy().interval() > 0
                || checks.passive().unhealthy().tcpFailures() > 0
                || checks.passive().unhealthy().httpFailures() > 0
                || checks.passive().unhealthy().timeouts() > 0;
        TargetHealth.State state = uri.isEmpty()
                ? TargetHealth.State.DNS_ERROR
                : checked ? TargetHealth.State.HEALTHY : TargetHealth.State.HEALTHCHECKS_OFF;
        return new Target(name, uri, new TargetHealth(state));
    }

    private void add(Service service) {
        String host = service.host();
        Balancer balancer = balancers.computeIfAbsent(
                balancers.containsKey(host) ? host : host + ":" + service.port(), this::single);
        for (Route route : service.routes()) {
            HttpHandler forwarding = new Forwarding(service, route, balancer);
            router.add(route, new Chain(service.name(), route.name(), plugins.of(service, route), forwarding));
        }
    }

    private Balancer single(String hostAndPort) {
        HealthChecks none = new HealthChecks(null, null);
        return new Balancer(hostAndPort, List.of(target(hostAndPort, none)), none);
    }

    private void addWithoutService(Route route) {
        HttpHandler nobody =
                exchange -> KongError.send(exchange, StatusCodes.NOT_FOUND, "no Service found with those values");
        router.add(route, new Chain("", route.name(), plugins.of(route), nobody));
    }

    /** The balancers whose targets' health the metrics show. */
    List<Balancer> observed() {
        return healthIsMetered ? new ArrayList<>(balancers.values()) : List.of();
    }

    private static boolean metersHealth(KongFile file) {
        return file.plugins().stream()
                .anyMatch(plugin -> plugin.config() instanceof Prometheus config && config.upstreamHealthMetrics());
    }

    Optional<Balancer> balancer(String name) {
        return Optional.ofNullable(balancers.get(name));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = normalise(exchange);
        router.find(exchange.getRequestMethod().toString(), path)
                .orElse(noRoute)
                .handleRequest(exchange);
    }

    /** What is matched is what is sent on: {@code /open/../internal} must not pass as {@code /open}. */
    private static String normalise(HttpServerExchange exchange) throws URISyntaxException {
        String path = exchange.getRequestPath();
        String canonical = CanonicalPathUtils.canonicalize(path);
        if (!canonical.equals(path)) {
            exchange.setRequestURI(new URI(null, null, canonical, null).getRawPath());
            exchange.setRequestPath(canonical);
            exchange.setRelativePath(canonical);
        }
        return canonical;
    }

    @Override
    public void close() {
        prober.close();
        balancers.values().forEach(Balancer::close);
    }
}
