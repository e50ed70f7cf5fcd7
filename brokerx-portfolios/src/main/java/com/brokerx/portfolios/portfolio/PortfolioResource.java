package com.brokerx.portfolios.portfolio;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** A client's portfolios. */
@Path("/api/v1/portfolios")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class PortfolioResource {

    private final PortfolioService service;

    public PortfolioResource(PortfolioService service) {
        this.service = service;
    }

    @GET
    @Operation(summary = "Own portfolios, newest first")
    public Page<Portfolio.View> list(@Parameter(hidden = true) @Auth Caller caller, @BeanParam PageRequest page) {
        return Page.of(page, service.list(caller.clientId(), page), Portfolio::id)
                .map(Portfolio::view);
    }

    @POST
    @Operation(
            summary = "Open a further portfolio",
            description = "Orders go through the first portfolio of a currency.")
    @ApiResponse(
            responseCode = "201",
            description = "Open",
            content = @Content(schema = @Schema(implementation = PortfolioAnswer.class)))
    public Response open(
            @Parameter(hidden = true) @Auth Caller caller,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @NotNull NewPortfolio request) {
        return service.open(
                caller.clientId(),
                request,
                IdempotencyKey.of(idempotencyKey, caller.clientId(), "open_portfolio", request));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One portfolio")
    public PortfolioAnswer find(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        return PortfolioAnswer.of(service.require(caller.clientId(), id));
    }
}
