package com.brokerx.portfolios.position;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** The shares in a portfolio. */
@Path("/api/v1/portfolios/{id}/positions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class PositionResource {

    private final PositionService service;

    public PositionResource(PositionService service) {
        this.service = service;
    }

    @GET
    @Operation(
            summary = "Shares, what they cost and what they are worth, in the order of the symbols",
            description = "Costs are averages over all purchases; the market value goes by the last settled trade.")
    public Page<Position.View> list(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID portfolioId,
            @Parameter(description = "Also symbols of which nothing is left, for their realized profit")
                    @QueryParam("sold")
                    @DefaultValue("false")
                    boolean sold,
            @BeanParam PageRequest page) {
        return Page.ofAll(page, service.list(caller.clientId(), portfolioId, sold), Position::symbol)
                .map(Position::view);
    }
}
