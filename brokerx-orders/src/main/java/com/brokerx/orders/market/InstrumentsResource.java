package com.brokerx.orders.market;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;

/** What can be traded, and by which rules; public. */
@Path("/api/v1/instruments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "market data")
public final class InstrumentsResource {

    /** One instrument as callers see it. */
    public record InstrumentView(
            String symbol,
            String name,
            String currency,
            BigDecimal tickSize,
            long lotSize,
            BigDecimal referencePrice,
            BigDecimal priceBandPercent,
            String status) {

        static InstrumentView of(Instrument instrument) {
            return new InstrumentView(
                    instrument.symbol(),
                    instrument.name(),
                    instrument.currency().getCurrencyCode(),
                    instrument.tickSize(),
                    instrument.lotSize(),
                    instrument.toPrice(instrument.referenceTicks()),
                    instrument.priceBandPercent(),
                    instrument.status().wireName());
        }
    }

    /** The answer with all instruments. */
    public record InstrumentList(List<InstrumentView> data) {}

    private final Instruments instruments;

    public InstrumentsResource(Instruments instruments) {
        this.instruments = instruments;
    }

    @GET
    @Operation(summary = "What can be traded, with tick, lot, price band and status")
    public InstrumentList instruments() {
        return new InstrumentList(
                instruments.all().stream().map(InstrumentView::of).toList());
    }
}
