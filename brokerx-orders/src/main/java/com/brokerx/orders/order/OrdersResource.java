package com.brokerx.orders.order;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.json.Times;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.market.Instruments;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/** Placing, changing and looking at orders. */
@Path("/api/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
@SecurityRequirement(name = "bearer")
public final class OrdersResource {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration FULL_RETRY_AFTER = Duration.ofSeconds(10);
    private static final String ORDER_ID = "order_id";

    private final OrderService orders;
    private final CancelService cancels;
    private final ReplaceService replaces;
    private final OrderQueries queries;
    private final Instruments instruments;
    private final ConcurrencyLimit placing;
    private final ConcurrencyLimit cancelling;

    public OrdersResource(
            OrderService orders,
            CancelService cancels,
            ReplaceService replaces,
            OrderQueries queries,
            Instruments instruments,
            LimitSettings limits) {
        this.orders = orders;
        this.cancels = cancels;
        this.replaces = replaces;
        this.queries = queries;
        this.instruments = instruments;
        this.placing = new ConcurrencyLimit(limits.maximumConcurrentRequests());
        // Of its own: however many orders a client has under way, they can be called off.
        this.cancelling = new ConcurrencyLimit(limits.maximumConcurrentRequests());
    }

    @POST
    @Operation(summary = "Place an order", description = """
            Answered when the order is matched and stored for good. `Idempotency-Key` or `client_order_id` make it safe to send \
            the same order again. A refusal (422) is kept under the `order_id` that it names; with 503 nothing was placed.

            A `market` order trades at once, not further from the best price than a collar. `limit` trades at its `price` or \
            better. `stop` and `stop_limit` wait as `working` until a trade reaches `stop_price` (at or above it for a buy, at or \
            below it for a sell), which may be at once; then `triggered_at` is set and they go on as a market or a limit order. \
            `oco` (one cancels the other) sells at its `price` or better, or as a market order once a trade is at or below its \
            `stop_price`, no further from that than the price band: one order with one hold, so what trades at the one is no \
            longer there for the other. \
            `GTD` wants `expires_at`. `post_only` refuses a limit order that would trade at once.""")
    @ApiResponse(
            responseCode = "201",
            description = "The order as it stands after matching",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The order had been placed by an earlier request with the same key")
    @ApiResponse(responseCode = "409", description = "The key belongs to another request")
    @ApiResponse(responseCode = "422", description = """
            Refused; `order_id` says under which id the refusal is kept. `insufficient_funds` and `insufficient_shares` say what is \
            missing; with `currency_mismatch` you keep such shares in a portfolio of another currency than they are traded in.""")
    @ApiResponse(responseCode = "429", description = "rate_limited: too many requests of the client are under way")
    @ApiResponse(
            responseCode = "503",
            description = "Not placed, since a service is down or too many orders are open; try again")
    public Response place(
            @Auth @Parameter(hidden = true) Caller caller,
            @Parameter(description = "1 to 255 printable characters") @HeaderParam(IdempotencyKey.HEADER) String key,
            @Valid @NotNull PlaceOrder body) {
        var idempotencyKey = IdempotencyKey.check(key);
        return placing.within(caller.clientId(), () -> answer(orders.place(caller.clientId(), body, idempotencyKey)));
    }

    private Response answer(PlaceOutcome outcome) {
        return switch (outcome) {
            case PlaceOutcome.Placed(var order, var replayed) -> placed(order, replayed);
            case PlaceOutcome.Refused(var order, var detail, var replayed) -> refused(order, detail, replayed);
            case PlaceOutcome.Unusable(var problem) -> problem.toResponse();
            case PlaceOutcome.KeyConflict conflict -> Idempotency.conflict().toResponse();
            case PlaceOutcome.BooksFull(var maximum) ->
                Problem.of(
                                CommonCode.SERVICE_UNAVAILABLE,
                                "%d orders are open, as many as may be; one that does not rest (market, IOC, FOK) is taken"
                                        .formatted(maximum))
                        .retryAfter(FULL_RETRY_AFTER)
                        .toResponse();
            case PlaceOutcome.Unavailable(var order) ->
                new UnavailableException("portfolios", RETRY_AFTER)
                        .toProblem()
                        .with(ORDER_ID, order.id())
                        .toResponse();
        };
    }

    private Response placed(Order order, boolean replayed) {
        OrderView view = OrderView.single(order, instruments);
        return replayed
                ? Response.ok(view).header(Idempotency.REPLAYED_HEADER, "true").build()
                : Response.created(URI.create("/api/v1/orders/" + order.id()))
                        .entity(view)
                        .build();
    }

    private static Response refused(Order order, String detail, boolean replayed) {
        OrderCode code = OrderCode.of(order.state().rejectCode());
        Problem problem =
                Problem.of(code, detail == null ? code.title() : detail).with(ORDER_ID, order.id());
        return (replayed ? problem.withHeader(Idempotency.REPLAYED_HEADER, "true") : problem).toResponse();
    }

    @GET
    @Operation(summary = "Own orders, newest first")
    public Page<OrderView> list(
            @Auth @Parameter(hidden = true) Caller caller,
            @QueryParam("status") String status,
            @QueryParam("symbol") String symbol,
            @Parameter(description = "the order that holds this id; none that was refused for an outage")
                    @QueryParam("client_order_id")
                    String clientOrderId,
            @Parameter(description = "RFC 3339; orders that changed after it") @QueryParam("updated_after")
                    String updatedAfter,
            @BeanParam PageRequest page) {
        OrderFilter filter = new OrderFilter(status(status), symbol, clientOrderId, time(updatedAfter));
        return queries.list(caller.clientId(), filter, page).map(order -> OrderView.of(order, instruments));
    }

    private static OrderStatus status(String status) {
        return status == null
                ? null
                : OrderStatus.find(status).orElseThrow(() -> refusedParameter("status", "is no status of an order"));
    }

    private static Instant time(String updatedAfter) {
        try {
            return updatedAfter == null ? null : Times.parse(updatedAfter);
        } catch (DateTimeParseException notATime) {
            throw refusedParameter("updated_after", "has to be a time such as 2026-01-31T12:34:56Z");
        }
    }

    private static ProblemException refusedParameter(String parameter, String message) {
        return Problem.ofField(CommonCode.VALIDATION_FAILED, parameter, message).asException();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One order")
    public OrderView one(@Auth @Parameter(hidden = true) Caller caller, @PathParam("id") UUID id) {
        return queries.find(caller, id)
                .map(order -> OrderView.single(order, instruments))
                .orElseThrow(() -> notFound().asException());
    }

    @POST
    @Path("/{id}/replace")
    @Operation(summary = "Change an open order", description = """
            Less quantity alone keeps the place in the queue, anything else but `expires_at` loses it. `quantity` is the new total, \
            what is filled included. `stop_price` can be changed until it is reached. Of a replacement and a fill, the one that \
            reaches the book first wins; where that was the fill, the answer says how the order stands.""")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = OrderView.class)),
            description = "The order with its new terms")
    public Response replace(
            @Auth @Parameter(hidden = true) Caller caller,
            @PathParam("id") UUID id,
            @Valid @NotNull ReplaceOrder body) {
        return placing.within(caller.clientId(), () -> changed(replaces.replace(caller, id, body)));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Cancel an open order")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = OrderView.class)),
            description = "The cancelled order; it keeps its fills")
    public Response cancel(
            @Auth @Parameter(hidden = true) Caller caller, @PathParam("id") UUID id, Optional<CancelOrder> body) {
        return cancel(caller, id, body.map(CancelOrder::clientVersion).orElse(null));
    }

    @DELETE
    @Path("/{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Cancel an open order")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = OrderView.class)),
            description = "The cancelled order; it keeps its fills")
    public Response delete(
            @Auth @Parameter(hidden = true) Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "may stand in a body as well, as with the call of `cancel`")
                    @QueryParam("client_version")
                    Integer clientVersion,
            @Parameter(hidden = true) Optional<CancelOrder> body) {
        return cancel(caller, id, body.map(CancelOrder::clientVersion).orElse(clientVersion));
    }

    private Response cancel(Caller caller, UUID id, Integer clientVersion) {
        return cancelling.within(caller.clientId(), () -> changed(cancels.cancel(caller, id, clientVersion)));
    }

    @POST
    @Path("/cancel_all")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Cancel all open orders, of one symbol if one is given", description = """
            Every order that was answered before this is sent is cancelled, also one that still waits for its funds, unless it trades \
            first. `failed` names those that were not, with `service_unavailable` where that is not known yet: ask again.""")
    public CancelService.Cancelled cancelAll(@Auth @Parameter(hidden = true) Caller caller, Optional<CancelAll> body) {
        Optional<String> symbol = body.map(CancelAll::symbol);
        if (symbol.isPresent() && instruments.find(symbol.get()).isEmpty()) {
            // Whoever misspells it must not take his orders for cancelled.
            throw Problem.ofField(OrderCode.UNKNOWN_SYMBOL, "symbol", "is none that is traded here")
                    .asException();
        }
        return cancelling.within(caller.clientId(), () -> cancels.cancelAll(caller.clientId(), symbol));
    }

    private Response changed(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Changed(var order) ->
                Response.ok(OrderView.single(order, instruments)).build();
            case ChangeOutcome.Refused(var problem) -> problem.toResponse();
            case ChangeOutcome.Conflict(var order) ->
                Problem.of(CommonCode.VERSION_CONFLICT, "the order has changed; look at it again")
                        .with(ORDER_ID, order.id())
                        .with("lock_version", order.state().lockVersion())
                        .toResponse();
            case ChangeOutcome.NotFound notFound -> notFound().toResponse();
            case ChangeOutcome.Busy(var order) ->
                Problem.of(
                                CommonCode.SERVICE_UNAVAILABLE,
                                "an earlier change of the order has to be finished first; try again")
                        .with(ORDER_ID, order.id())
                        .retryAfter(RETRY_AFTER)
                        .toResponse();
            case ChangeOutcome.Undecided undecided ->
                new UnavailableException("the order's book", RETRY_AFTER)
                        .toProblem()
                        .toResponse();
        };
    }

    private static Problem notFound() {
        return Problem.of(CommonCode.NOT_FOUND, "there is no such order");
    }
}
