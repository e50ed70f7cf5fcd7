package com.brokerx.portfolios.portfolio;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.portfolios.PortfoliosCode;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/** A client's portfolios: what is in them, and what happened there. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class PortfolioResource {

    private final PortfolioService service;
    private final InstantSource clock;

    public PortfolioResource(PortfolioService service, InstantSource clock) {
        this.service = service;
        this.clock = clock;
    }

    @GET
    @Path("/portfolio")
    @Operation(summary = "The default portfolio")
    public PortfolioAnswer findDefault(@Parameter(hidden = true) @Auth Caller caller) {
        return service.findDefault(caller.clientId()).map(PortfolioAnswer::of).orElseThrow(() -> Problem.of(
                        PortfoliosCode.PORTFOLIO_NOT_FOUND,
                        "the default portfolio is opened shortly after the e-mail address is verified")
                .asException());
    }

    @GET
    @Path("/portfolios")
    @Operation(summary = "Own portfolios, newest first")
    public Page<Portfolio.View> list(@Parameter(hidden = true) @Auth Caller caller, @BeanParam PageRequest page) {
        return Page.of(page, service.list(caller.clientId(), page), Portfolio::id)
                .map(Portfolio::view);
    }

    @POST
    @Path("/portfolios")
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
    @Path("/portfolios/{id}")
    @Operation(summary = "One portfolio")
    public PortfolioAnswer find(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        return PortfolioAnswer.of(require(caller, id));
    }

    @GET
    @Path("/portfolios/{id}/balance")
    @Operation(summary = "The cash, now or at a time in the past")
    public BalanceView.Single balance(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "RFC 3339; now if left out") @QueryParam("at") String at) {
        Portfolio portfolio = require(caller, id);
        return new BalanceView.Single(
                at == null
                        ? BalanceView.of(portfolio, portfolio.available(), portfolio.held(), clock.instant())
                        : service.balanceAt(portfolio, parse(at)));
    }

    @GET
    @Path("/portfolios/{id}/transactions")
    @Operation(summary = "What happened to the cash and the shares, newest first")
    public Page<Transaction.View> transactions(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "Only this currency or symbol") @QueryParam("asset") String asset,
            @BeanParam PageRequest page) {
        Portfolio portfolio = require(caller, id);
        return Page.of(page, service.transactions(portfolio, Optional.ofNullable(asset), page), Transaction::position)
                .map(Transaction::view);
    }

    private Portfolio require(Caller caller, UUID id) {
        return service.find(caller.clientId(), id)
                .orElseThrow(() -> Problem.of(PortfoliosCode.PORTFOLIO_NOT_FOUND, "you have no such portfolio")
                        .asException());
    }

    private static Instant parse(String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.ofField(
                            CommonCode.VALIDATION_FAILED, "at", "has to be a time such as 2026-01-31T12:34:56.789Z")
                    .asException();
        }
    }
}
