package com.brokerx.portfolios.reconciliation;

import com.brokerx.facades.reconciliation.ReconcilableResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What reconciliation reads here, and sums over everything for whoever wants to see that nothing was made or lost. */
@Path("/internal/reconciliation/portfolios")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationResource extends ReconcilableResource {

    private final ReconcilablePortfolios books;

    public ReconciliationResource(ReconcilablePortfolios books) {
        super(books);
        this.books = books;
    }

    @GET
    @Path("/totals")
    public ReconcilablePortfolios.Totals totals() {
        return books.totals();
    }
}
