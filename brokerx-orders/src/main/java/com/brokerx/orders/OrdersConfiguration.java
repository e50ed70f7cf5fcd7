package com.brokerx.orders;

import com.brokerx.commons.app.ServiceConfiguration;
import com.brokerx.commons.auth.TokenSettings;
import com.brokerx.facades.http.FacadeSettings;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** The whole configuration of the orders service. */
public final class OrdersConfiguration extends ServiceConfiguration {

    @Valid
    @NotNull
    @JsonProperty
    private TokenSettings tokens;

    @Valid
    @NotNull
    @JsonProperty
    private FacadeSettings clients;

    @Valid
    @NotNull
    @JsonProperty
    private OrdersSettings orders;

    /** What makes an access token ours. */
    public TokenSettings tokens() {
        return tokens;
    }

    /** Where keys and ended sessions come from. */
    public FacadeSettings clients() {
        return clients;
    }

    public OrdersSettings orders() {
        return orders;
    }
}
