package com.brokerx.portfolios.portfolio;

import com.brokerx.facades.portfolios.PortfoliosFacade.Balance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** What a client has for orders, as other services ask it; nothing for one who is not known. */
@Path("/internal/balance")
@Produces(MediaType.APPLICATION_JSON)
public final class InternalBalanceResource {

    private final PortfolioService service;

    public InternalBalanceResource(PortfolioService service) {
        this.service = service;
    }

    @GET
    @Path("/{client_id}")
    public Balance balance(@PathParam("client_id") UUID clientId) {
        return service.balance(clientId);
    }
}
