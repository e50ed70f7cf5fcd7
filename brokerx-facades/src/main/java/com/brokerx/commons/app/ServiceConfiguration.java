package com.brokerx.commons.app;

import com.brokerx.commons.trace.TracingSettings;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** What the configuration files of all services have in common. */
public abstract class ServiceConfiguration extends Configuration {

    @Valid
    @NotNull
    @JsonProperty
    private ServiceSettings service;

    @Valid
    @NotNull
    @JsonProperty
    private TracingSettings tracing = TracingSettings.OFF;

    public TracingSettings tracing() {
        return tracing;
    }

    public ServiceSettings service() {
        return service;
    }
}
