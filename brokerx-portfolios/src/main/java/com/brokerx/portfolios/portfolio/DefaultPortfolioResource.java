package com.brokerx.portfolios.portfolio;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.Problem;
import com.brokerx.portfolios.PortfoliosCode;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The portfolio that every client has. */
@Path("/api/v1/portfolio")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class DefaultPortfolioResource {

    private final PortfolioService service;

    public DefaultPortfolioResource(PortfolioService service) {
        this.service = service;
    }

    @GET
    @Operation(summary = "The default portfolio")
    public PortfolioAnswer find(@Parameter(hidden = true) @Auth Caller caller) {
        return service.findDefault(caller.clientId()).map(PortfolioAnswer::of).orElseThrow(() -> Problem.of(
                        PortfoliosCode.PORTFOLIO_NOT_FOUND,
                        "the default portfolio is opened shortly after the e-mail address is verified")
                .asException());
    }
}
