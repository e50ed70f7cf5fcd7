package com.brokerx.orders.simulation;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.orders.market.InstrumentStatus;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.OrderView;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Makes a given thing happen, for tests of programs that trade here: a fill, a partial fill, a refusal, a halt. Only where the
 * configuration exposes secrets, and behind the internal token.
 */
@Hidden
@Path("/internal/simulation")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ScriptResource {

    /** @param quantity shares; all that is left of the order where left out */
    public record Fill(@Min(1) Long quantity) {}

    /** @param count how many of the client's next orders are refused; 1 where left out */
    public record Rejection(
            @NotNull UUID clientId, @Min(1) @Max(1_000) Integer count) {

        public Rejection {
            count = count == null ? 1 : count;
        }
    }

    /** @param status {@code trading}, {@code halted} or {@code cancel_only} */
    public record Status(@NotNull InstrumentStatus status) {}

    private final CounterTrader counterTrader;
    private final Rejections rejections;
    private final Instruments instruments;

    ScriptResource(CounterTrader counterTrader, Rejections rejections, Instruments instruments) {
        this.counterTrader = counterTrader;
        this.rejections = rejections;
        this.instruments = instruments;
    }

    @POST
    @Path("/orders/{id}/fill")
    public OrderView fill(@PathParam("id") UUID id, @Valid Optional<Fill> body) {
        OptionalLong quantity = body.map(Fill::quantity).map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return OrderView.single(counterTrader.fill(id, quantity), instruments);
    }

    @POST
    @Path("/rejections")
    public Rejection reject(@Valid @NotNull Rejection body) {
        rejections.refuseNext(body.clientId(), body.count());
        return body;
    }

    @POST
    @Path("/instruments/{symbol}")
    public Status change(@PathParam("symbol") String symbol, @Valid @NotNull Status body) {
        return instruments
                .changeStatus(symbol, body.status())
                .map(instrument -> new Status(instrument.status()))
                .orElseThrow(() -> Problem.of(CommonCode.NOT_FOUND, "there is no symbol of that name")
                        .asException());
    }
}
