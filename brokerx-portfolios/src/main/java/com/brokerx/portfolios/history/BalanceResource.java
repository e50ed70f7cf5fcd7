package com.brokerx.portfolios.history;

import com.brokerx.commons.auth.Caller;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The cash of a portfolio, now or at any time in the past. */
@Path("/api/v1/portfolios/{id}/balance")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class BalanceResource {

    private final HistoryService service;

    public BalanceResource(HistoryService service) {
        this.service = service;
    }

    @GET
    @Operation(summary = "The cash, now or at a time in the past")
    public BalanceView.Single balance(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "RFC 3339; now if left out") @QueryParam("at") String at) {
        Optional<Instant> time = Optional.ofNullable(at).map(text -> Moments.parse("at", text));
        return new BalanceView.Single(service.balance(caller.clientId(), id, time));
    }
}
