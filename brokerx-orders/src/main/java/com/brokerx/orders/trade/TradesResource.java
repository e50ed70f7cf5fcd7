package com.brokerx.orders.trade;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import com.brokerx.orders.market.Instruments;
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
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** The caller's fills. */
@Path("/api/v1/trades")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "executions")
@SecurityRequirement(name = "bearer")
public final class TradesResource {

    private final TradeQueries queries;
    private final Instruments instruments;

    public TradesResource(TradeQueries queries, Instruments instruments) {
        this.queries = queries;
        this.instruments = instruments;
    }

    @GET
    @Operation(summary = "Own fills, newest first")
    public Page<TradeView> trades(@Auth @Parameter(hidden = true) Caller caller, @BeanParam PageRequest page) {
        return queries.executions(caller.clientId(), true, page).map(fill -> TradeView.of(fill, instruments));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One own fill")
    public TradeView trade(@Auth @Parameter(hidden = true) Caller caller, @PathParam("id") UUID id) {
        return queries.trade(caller, id)
                .map(fill -> TradeView.of(fill, instruments))
                .orElseThrow(TradesResource::notFound);
    }

    private static ProblemException notFound() {
        return Problem.of(CommonCode.NOT_FOUND, "there is nothing of that id for you")
                .asException();
    }
}
