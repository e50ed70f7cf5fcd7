package com.brokerx.orders.trade;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderQueries;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** What happened to orders: the client's event log, and the reports on one order. */
@Path("/api/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "executions")
@SecurityRequirement(name = "bearer")
public final class OrderLogResource {

    private final TradeQueries queries;
    private final OrderQueries orders;
    private final Instruments instruments;

    public OrderLogResource(TradeQueries queries, OrderQueries orders, Instruments instruments) {
        this.queries = queries;
        this.orders = orders;
        this.instruments = instruments;
    }

    @GET
    @Path("/events")
    @Operation(summary = "The caller's event log, oldest first", description = """
            Entries are numbered from 1 without a gap; `after` resumes behind the last one that was read. `meta.next_cursor` is \
            what to send as `after`, or as `cursor`, for the next page, null at the end of the log.""")
    public Page<OrderEventView> events(
            @Auth @Parameter(hidden = true) Caller caller,
            @Parameter(
                            description = "sequence of the last entry that is known; 0 if left out",
                            schema = @Schema(type = "integer", format = "int64"))
                    @QueryParam("after")
                    String after,
            @Parameter(hidden = true) @QueryParam("cursor") String cursor,
            @BeanParam PageRequest page) {
        List<Execution> entries = queries.log(
                caller.clientId(),
                cursor == null ? position("after", after) : position("cursor", cursor),
                page.limitPlusOne());
        boolean more = entries.size() > page.limit();
        List<OrderEventView> shown = entries.stream()
                .limit(page.limit())
                .map(entry -> OrderEventView.of(entry, instruments))
                .toList();
        String next = more ? Long.toString(shown.getLast().sequence()) : null;
        return new Page<>(shown, new Page.Meta(shown.size(), next));
    }

    private static long position(String parameter, String value) {
        try {
            long position = value == null ? 0 : Long.parseLong(value);
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException notANumber) {
            throw refused(parameter);
        }
        throw refused(parameter);
    }

    private static ProblemException refused(String parameter) {
        return Problem.ofField(CommonCode.VALIDATION_FAILED, parameter, "has to be the number of an entry, 0 or more")
                .asException();
    }

    @GET
    @Path("/{id}/executions")
    @Operation(summary = "Reports on one order, newest first")
    public Page<ExecutionView> ofOrder(
            @Auth @Parameter(hidden = true) Caller caller, @PathParam("id") UUID id, @BeanParam PageRequest page) {
        return queries.executionsOf(own(caller, id).id(), page)
                .map(execution -> ExecutionView.of(execution, instruments));
    }

    @GET
    @Path("/{id}/amendments")
    @Operation(summary = "What replacements changed about one order, newest first")
    public Page<AmendmentView> amendments(
            @Auth @Parameter(hidden = true) Caller caller, @PathParam("id") UUID id, @BeanParam PageRequest page) {
        return queries.amendmentsOf(own(caller, id).id(), page)
                .map(amendment -> AmendmentView.of(amendment, instruments));
    }

    private Order own(Caller caller, UUID id) {
        return orders.find(caller, id)
                .orElseThrow(() -> Problem.of(CommonCode.NOT_FOUND, "there is nothing of that id for you")
                        .asException());
    }
}
