package com.brokerx.local.gateway.config;

import static com.brokerx.local.gateway.config.KongFile.or;
import static com.brokerx.local.gateway.config.KongFile.orEmpty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The configuration of each plugin that {@code kong.yml} uses, with Kong's names, meanings and defaults. */
public sealed interface PluginConfig {

    /** Refuses what is valid for Kong and not done here, so that nobody takes the local gateway's silence for consent. */
    default void check() {}

    record KeyAuth(
            List<String> keyNames,
            Boolean keyInHeader,
            Boolean keyInQuery,
            Boolean keyInBody,
            Boolean hideCredentials,
            Boolean runOnPreflight)
            implements PluginConfig {

        public KeyAuth {
            keyNames = keyNames == null ? List.of("apikey") : List.copyOf(keyNames);
            hideCredentials = or(hideCredentials, false);
            runOnPreflight = or(runOnPreflight, true);
        }

        @Override
        public void check() {
            refuse(Boolean.FALSE.equals(keyInHeader), "key_in_header: false");
            refuse(or(keyInQuery, true), "key_in_query: true, Kong's default, since keys in URLs end in logs");
            refuse(or(keyInBody, false), "key_in_body: true");
        }
    }

    record RateLimiting(Integer minute, Policy policy, LimitBy limitBy) implements PluginConfig {

        public enum Policy {
            @JsonProperty("local")
            LOCAL
        }

        public enum LimitBy {
            @JsonProperty("consumer")
            CONSUMER,
            @JsonProperty("ip")
            IP
        }

        public RateLimiting {
            limitBy = or(limitBy, LimitBy.CONSUMER);
        }

        @Override
        public void check() {
            refuse(minute == null || minute < 1, "a rate limit without a positive `minute`");
        }
    }

    /** Origins are compared whole: no regexes, no {@code *}. {@code maxAge} is in seconds. */
    record Cors(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            List<String> exposedHeaders,
            Boolean credentials,
            Integer maxAge,
            Boolean preflightContinue)
            implements PluginConfig {

        public Cors {
            origins = orEmpty(origins);
            methods = methods == null
                    ? List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT")
                    : List.copyOf(methods);
            headers = orEmpty(headers);
            exposedHeaders = orEmpty(exposedHeaders);
            credentials = or(credentials, false);
        }

        @Override
        public void check() {
            refuse(origins.size() < 2, "fewer than two origins, for then Kong does not compare");
            refuse(
                    origins.stream().anyMatch(origin -> !origin.matches("[A-Za-z0-9.:/-]+")),
                    "an origin with a pattern");
            refuse(or(preflightContinue, false), "preflight_continue: true");
        }
    }

    record CorrelationId(String headerName, Generator generator, Boolean echoDownstream) implements PluginConfig {

        public enum Generator {
            @JsonProperty("uuid")
            UUID
        }

        public CorrelationId {
            headerName = or(headerName, "Kong-Request-ID");
            echoDownstream = or(echoDownstream, false);
        }

        @Override
        public void check() {
            refuse(generator == null, "correlation-id without `generator: uuid`");
        }
    }

    record RequestSizeLimiting(Integer allowedPayloadSize, SizeUnit sizeUnit, Boolean requireContentLength)
            implements PluginConfig {

        public enum SizeUnit {
            @JsonProperty("bytes")
            BYTES(1),
            @JsonProperty("kilobytes")
            KILOBYTES(1 << 10),
            @JsonProperty("megabytes")
            MEGABYTES(1 << 20);

            private final int bytes;

            SizeUnit(int bytes) {
                this.bytes = bytes;
            }
        }

        public RequestSizeLimiting {
            allowedPayloadSize = or(allowedPayloadSize, 128);
            sizeUnit = or(sizeUnit, SizeUnit.MEGABYTES);
        }

        @Override
        public void check() {
            refuse(or(requireContentLength, false), "require_content_length: true");
        }

        public int bytes() {
            return Math.multiplyExact(allowedPayloadSize, sizeUnit.bytes);
        }
    }

    record RequestTermination(Integer statusCode, String contentType, String body) implements PluginConfig {

        public RequestTermination {
            statusCode = or(statusCode, 503);
        }

        @Override
        public void check() {
            refuse(body == null || contentType == null, "a request-termination without `body` and `content_type`");
        }
    }

    record RequestTransformer(Remove remove) implements PluginConfig {

        public RequestTransformer {
            remove = or(remove, new Remove(List.of()));
        }
    }

    record Remove(List<String> headers) {

        public Remove {
            headers = orEmpty(headers);
        }
    }

    record ResponseTransformer(Add add) implements PluginConfig {

        public ResponseTransformer {
            add = or(add, new Add(List.of()));
        }

        @Override
        public void check() {
            boolean malformed = add.headers().stream().anyMatch(header -> !header.matches("[^:]+:.+"));
            refuse(malformed, "a header that is not Name:value");
        }
    }

    /** Headers as {@code Name:value}, added where the response does not have them. */
    record Add(List<String> headers) {

        public Add {
            headers = orEmpty(headers);
        }
    }

    record Prometheus(
            Boolean statusCodeMetrics,
            Boolean latencyMetrics,
            Boolean bandwidthMetrics,
            Boolean upstreamHealthMetrics,
            Boolean perConsumer)
            implements PluginConfig {

        public Prometheus {
            statusCodeMetrics = or(statusCodeMetrics, false);
            latencyMetrics = or(latencyMetrics, false);
            bandwidthMetrics = or(bandwidthMetrics, false);
            upstreamHealthMetrics = or(upstreamHealthMetrics, false);
        }

        @Override
        public void check() {
            refuse(or(perConsumer, false), "per_consumer: true");
        }
    }

    private static void refuse(boolean unsupported, String what) {
        if (unsupported) {
            throw new IllegalArgumentException("the local gateway does not do " + what);
        }
    }
}
