package com.brokerx.commons.trace;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/**
 * Where spans go.
 *
 * @param endpoint of an OpenTelemetry collector that takes OTLP over HTTP, for example {@code http://collector:4318}; nothing is
 *     recorded while it is empty
 * @param sampledShare of the traces that begin here, from 0 to 1; a caller's own decision is followed. 1 if left out
 * @param exportInterval how long finished spans are gathered before they are sent; 5 s if left out
 */
public record TracingSettings(
        String endpoint, @DecimalMin("0") @DecimalMax("1") Double sampledShare, Duration exportInterval) {

    public static final TracingSettings OFF = new TracingSettings("", null, null);

    public TracingSettings {
        endpoint = endpoint == null ? "" : endpoint.strip();
        sampledShare = sampledShare == null ? 1.0 : sampledShare;
        exportInterval = exportInterval == null ? Duration.seconds(5) : exportInterval;
    }

    public boolean isOn() {
        return !endpoint.isEmpty();
    }
}
