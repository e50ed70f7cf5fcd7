package com.brokerx.portfolios.history;

import com.brokerx.commons.auth.Caller;
import com.brokerx.portfolios.portfolio.Portfolio;
import com.brokerx.portfolios.portfolio.PortfolioService;
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
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The cash of a portfolio, now or at any time in the past. */
@Path("/api/v1/portfolios/{id}/balance")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class BalanceResource {

    private final PortfolioService portfolios;
    private final Jdbi jdbi;
    private final InstantSource clock;

    public BalanceResource(PortfolioService portfolios, Jdbi jdbi, InstantSource clock) {
        this.portfolios = portfolios;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "The cash, now or at a time in the past")
    public BalanceView.Single balance(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "RFC 3339; now if left out") @QueryParam("at") String at) {
        Portfolio portfolio = portfolios.require(caller.clientId(), id);
        return new BalanceView.Single(
                at == null
                        ? BalanceView.of(portfolio, portfolio.available(), portfolio.held(), clock.instant())
                        : balanceAt(portfolio, Moments.parse("at", at)));
    }

    /** From the last entry of that time; nothing before the first one. */
    private BalanceView balanceAt(Portfolio portfolio, Instant at) {
        return jdbi.withExtension(TransactionStore.class, store -> store.balanceAt(portfolio.accountId(), at))
                .map(then -> BalanceView.of(portfolio, then.available(), then.held(), at))
                .orElseGet(() -> BalanceView.of(portfolio, 0, 0, at));
    }
}
