package com.brokerx.orders.market;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;

/** What can be traded, and by which rules: public to read; administrators halt and resume. */
@Path("/api/v1/instruments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "market data")
public final class InstrumentsResource {

    /**
     * One instrument as callers see it.
     *
     * @param maximumNotional price × quantity of one order at most
     * @param maximumOpenOrders orders that one client may have in its book; left out where there is no such limit
     */
    public record InstrumentView(
            String symbol,
            String name,
            String currency,
            BigDecimal tickSize,
            long lotSize,
            BigDecimal referencePrice,
            BigDecimal priceBandPercent,
            BigDecimal maximumNotional,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer maximumOpenOrders,
            String status) {

        static InstrumentView of(Instrument instrument, BigDecimal maximumNotional) {
            return new InstrumentView(
                    instrument.symbol(),
                    instrument.name(),
                    instrument.currency().getCurrencyCode(),
                    instrument.tickSize(),
                    instrument.lotSize(),
                    instrument.toPrice(instrument.referenceTicks()),
                    instrument.priceBandPercent(),
                    instrument.maximumNotional(maximumNotional),
                    instrument.maximumOpenOrders(),
                    instrument.status().wireName());
        }
    }

    private final Instruments instruments;
    private final BigDecimal maximumNotional;

    /** @param maximumNotional price × quantity of one order at most, in whatever instrument */
    public InstrumentsResource(Instruments instruments, BigDecimal maximumNotional) {
        this.instruments = instruments;
        this.maximumNotional = maximumNotional;
    }

    private InstrumentView view(Instrument instrument) {
        return InstrumentView.of(instrument, maximumNotional);
    }

    @POST
    @Path("/{symbol}/halt")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Caller.ADMIN)
    @Operation(
            summary = "Stop trading in a symbol; administrators only",
            description =
                    "Orders that rest stay and can be cancelled; new ones and changes are refused with symbol_halted.")
    public InstrumentView halt(@Auth @Parameter(hidden = true) Caller caller, @PathParam("symbol") String symbol) {
        return change(symbol, InstrumentStatus.HALTED);
    }

    @POST
    @Path("/{symbol}/cancel_only")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Caller.ADMIN)
    @Operation(summary = "Take nothing but cancels in a symbol; administrators only")
    public InstrumentView cancelOnly(
            @Auth @Parameter(hidden = true) Caller caller, @PathParam("symbol") String symbol) {
        return change(symbol, InstrumentStatus.CANCEL_ONLY);
    }

    @POST
    @Path("/{symbol}/resume")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Caller.ADMIN)
    @Operation(summary = "Let a symbol trade again; administrators only")
    public InstrumentView resume(@Auth @Parameter(hidden = true) Caller caller, @PathParam("symbol") String symbol) {
        return change(symbol, InstrumentStatus.TRADING);
    }

    private InstrumentView change(String symbol, InstrumentStatus status) {
        return instruments.changeStatus(symbol, status).map(this::view).orElseThrow(() -> Problem.of(
                        CommonCode.NOT_FOUND, "there is no symbol of that name")
                .asException());
    }

    @GET
    @Operation(
            summary = "What can be traded, with tick, lot, limits, price band and status, in the order of the symbols")
    public Page<InstrumentView> instruments(@BeanParam PageRequest page) {
        return Page.ofAll(page, instruments.all(), Instrument::symbol).map(this::view);
    }
}
