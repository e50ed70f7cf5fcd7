package com.brokerx.monolith;

import com.brokerx.clients.ClientsSettings;
import com.brokerx.commons.app.ServiceConfiguration;
import com.brokerx.orders.OrdersSettings;
import com.brokerx.portfolios.PortfoliosSettings;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** The monolith's own file, and in it the section of each service. */
public final class MonolithConfiguration extends ServiceConfiguration {

    @Valid
    @NotNull
    @JsonProperty
    private ClientsSettings clients;

    @Valid
    @NotNull
    @JsonProperty
    private PortfoliosSettings portfolios;

    @Valid
    @NotNull
    @JsonProperty
    private OrdersSettings orders;

    public ClientsSettings clients() {
        return clients;
    }

    public PortfoliosSettings portfolios() {
        return portfolios;
    }

    public OrdersSettings orders() {
        return orders;
    }
}
