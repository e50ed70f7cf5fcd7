package com.brokerx.local.gateway.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of Kong's declarative configuration the local gateway knows, with Kong's own defaults. A field that is not here
 * is refused, so that nothing in the file is silently without effect.
 *
 * @param formatVersion always {@code "3.0"}
 * @param routes those without a service, which a plugin answers
 */
public record KongFile(
        @JsonProperty("_format_version") String formatVersion,
        List<Service> services,
        List<Route> routes,
        List<Upstream> upstreams,
        List<Consumer> consumers,
        List<Plugin> plugins) {

    public KongFile {
        services = orEmpty(services);
        routes = orEmpty(routes);
        upstreams = orEmpty(upstreams);
        consumers = orEmpty(consumers);
        plugins = orEmpty(plugins);
    }

    /** The first API key of a consumer. */
    public Optional<String> keyOf(String username) {
        return consumers.stream()
                .filter(consumer -> consumer.username().equals(username))
                .flatMap(consumer -> consumer.keyauthCredentials().stream())
                .map(Credential::key)
                .findFirst();
    }

    /** Where requests go: a host that is a machine or the name of an upstream. Time-outs are in milliseconds. */
    public record Service(
            String name,
            String host,
            Integer port,
            Protocol protocol,
            Integer retries,
            Integer connectTimeout,
            Integer writeTimeout,
            Integer readTimeout,
            List<Route> routes,
            List<Plugin> plugins) {

        public Service {
            port = or(port, 80);
            protocol = or(protocol, Protocol.HTTP);
            retries = or(retries, 5);
            connectTimeout = or(connectTimeout, 60_000);
            writeTimeout = or(writeTimeout, 60_000);
            readTimeout = or(readTimeout, 60_000);
            routes = orEmpty(routes);
            plugins = orEmpty(plugins);
        }
    }

    /** Which requests: every list that is given has to match. A path is a plain prefix, or a regex after {@code ~}. */
    public record Route(
            String name,
            List<String> paths,
            Set<String> methods,
            Boolean stripPath,
            Boolean preserveHost,
            Integer regexPriority,
            List<Plugin> plugins) {

        public Route {
            paths = orEmpty(paths);
            methods = methods == null ? Set.of() : Set.copyOf(methods);
            stripPath = or(stripPath, true);
            preserveHost = or(preserveHost, false);
            regexPriority = or(regexPriority, 0);
            plugins = orEmpty(plugins);
        }
    }

    /** Several targets behind one name. */
    public record Upstream(String name, Algorithm algorithm, List<Target> targets, HealthChecks healthchecks) {

        public Upstream {
            algorithm = or(algorithm, Algorithm.ROUND_ROBIN);
            targets = orEmpty(targets);
            healthchecks = or(healthchecks, new HealthChecks(null, null));
        }
    }

    /** One {@code host:port}. All weights are equal here. */
    public record Target(String target, Integer weight) {}

    /** How a target is found out; both kinds are off unless configured. */
    public record HealthChecks(ActiveChecks active, PassiveChecks passive) {

        public HealthChecks {
            active = or(active, new ActiveChecks(null, null, null, null, null, null));
            passive = or(passive, new PassiveChecks(null, null, null));
        }
    }

    /** Probes by our own requests; {@code timeout} and the intervals are in seconds, an interval of 0 is never. */
    public record ActiveChecks(
            Protocol type,
            String httpPath,
            Double timeout,
            Integer concurrency,
            HealthyRule healthy,
            UnhealthyRule unhealthy) {

        public ActiveChecks {
            httpPath = or(httpPath, "/");
            timeout = or(timeout, 1.0);
            healthy = or(healthy, new HealthyRule(null, null, null));
            unhealthy = or(unhealthy, new UnhealthyRule(null, null, null, null, null));
        }
    }

    /** Conclusions from the requests that pass. */
    public record PassiveChecks(Protocol type, HealthyRule healthy, UnhealthyRule unhealthy) {

        public PassiveChecks {
            healthy = or(healthy, new HealthyRule(null, null, null));
            unhealthy = or(unhealthy, new UnhealthyRule(null, null, null, null, null));
        }
    }

    /** So many successes in a row make a target healthy; 0 never does. */
    public record HealthyRule(Double interval, Integer successes, Set<Integer> httpStatuses) {

        public HealthyRule {
            interval = or(interval, 0.0);
            successes = or(successes, 0);
            httpStatuses = or(httpStatuses, Set.of(200, 302));
        }
    }

    /** So many failures of a kind make it unhealthy; 0 never does. */
    public record UnhealthyRule(
            Double interval, Integer httpFailures, Integer tcpFailures, Integer timeouts, Set<Integer> httpStatuses) {

        public UnhealthyRule {
            interval = or(interval, 0.0);
            httpFailures = or(httpFailures, 0);
            tcpFailures = or(tcpFailures, 0);
            timeouts = or(timeouts, 0);
            httpStatuses = or(httpStatuses, Set.of(429, 404, 500, 501, 502, 503, 504, 505));
        }
    }

    /** Somebody with API keys. */
    public record Consumer(String username, List<Credential> keyauthCredentials) {

        public Consumer {
            keyauthCredentials = orEmpty(keyauthCredentials);
        }
    }

    public record Credential(String key) {}

    /** A plugin where it stands; its configuration is read by {@link PluginReader}. */
    public record Plugin(String name, PluginConfig config) {}

    public enum Protocol {
        @JsonProperty("http")
        HTTP
    }

    public enum Algorithm {
        @JsonProperty("round-robin")
        ROUND_ROBIN
    }

    static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
