package com.brokerx.orders.reconciliation;

import com.brokerx.facades.reconciliation.ReconcilableResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What reconciliation reads here. */
@Path("/internal/reconciliation/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationResource extends ReconcilableResource {

    public ReconciliationResource(ReconcilableOrders books) {
        super(books);
    }
}
