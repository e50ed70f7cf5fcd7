package com.brokerx.portfolios;

import com.brokerx.commons.app.ServiceConfiguration;
import com.brokerx.commons.auth.TokenSettings;
import com.brokerx.facades.http.FacadeSettings;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** The configuration file of the service when it runs by itself. */
public class PortfoliosConfiguration extends ServiceConfiguration {

    @Valid
    @NotNull
    @JsonProperty
    private PortfoliosSettings portfolios;

    @Valid
    @NotNull
    @JsonProperty
    private TokenSettings tokens;

    @Valid
    @NotNull
    @JsonProperty
    private FacadeSettings clients;

    public PortfoliosSettings portfolios() {
        return portfolios;
    }

    /** What makes an access token ours. */
    public TokenSettings tokens() {
        return tokens;
    }

    /** Where the clients service is, which knows the callers. */
    public FacadeSettings clients() {
        return clients;
    }
}
