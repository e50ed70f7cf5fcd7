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

/** Reports on the caller's orders. */
@Path("/api/v1/executions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "executions")
@SecurityRequirement(name = "bearer")
public final class ExecutionsResource {

    private final TradeQueries queries;
    private final Instruments instruments;

    public ExecutionsResource(TradeQueries queries, Instruments instruments) {
        this.queries = queries;
        this.instruments = instruments;
    }

    @GET
    @Operation(summary = "Reports on own orders, newest first")
    public Page<ExecutionView> executions(@Auth @Parameter(hidden = true) Caller caller, @BeanParam PageRequest page) {
        return queries.executions(caller.clientId(), false, page)
                .map(execution -> ExecutionView.of(execution, instruments));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One report")
    public ExecutionView execution(@Auth @Parameter(hidden = true) Caller caller, @PathParam("id") UUID id) {
        return queries.execution(caller, id)
                .map(execution -> ExecutionView.of(execution, instruments))
                .orElseThrow(ExecutionsResource::notFound);
    }

    private static ProblemException notFound() {
        return Problem.of(CommonCode.NOT_FOUND, "there is nothing of that id for you")
                .asException();
    }
}
