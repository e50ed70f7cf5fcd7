package com.brokerx.portfolios.history;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** What happened to a portfolio's cash and shares. */
@Path("/api/v1/portfolios/{id}/transactions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class TransactionResource {

    private final HistoryService service;

    public TransactionResource(HistoryService service) {
        this.service = service;
    }

    @GET
    @Operation(
            summary = "What happened to the cash and the shares, newest first",
            description = "Amounts are above zero, but for entries of the back office; the type tells the direction.")
    public Page<Transaction.View> list(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "Only this currency or symbol") @QueryParam("asset") String asset,
            @BeanParam PageRequest page) {
        List<Transaction> transactions = service.transactions(caller.clientId(), id, asset, page);
        return Page.of(page, transactions, Transaction::position).map(Transaction::view);
    }
}
