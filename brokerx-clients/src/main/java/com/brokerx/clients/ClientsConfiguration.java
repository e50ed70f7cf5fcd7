package com.brokerx.clients;

import com.brokerx.commons.app.ServiceConfiguration;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** The configuration file of the clients service. */
public final class ClientsConfiguration extends ServiceConfiguration {

    @Valid
    @NotNull
    @JsonProperty
    private ClientsSettings clients;

    public ClientsSettings clients() {
        return clients;
    }
}
