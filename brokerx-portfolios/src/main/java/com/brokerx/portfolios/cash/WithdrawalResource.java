package com.brokerx.portfolios.cash;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Money paid out. */
@Path("/api/v1/withdrawals")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cash")
@SecurityRequirement(name = "bearer")
public final class WithdrawalResource {

    private final PaymentEndpoint endpoint;

    public WithdrawalResource(PaymentService service) {
        this.endpoint = new PaymentEndpoint(PaymentKind.WITHDRAWAL, service);
    }

    @POST
    @Operation(summary = "Pay money out")
    @ApiResponse(
            responseCode = "201",
            description = "Taken; status says whether it is decided",
            content = @Content(schema = @Schema(implementation = PaymentView.Answer.class)))
    public Response create(
            @Parameter(hidden = true) @Auth Caller caller,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @NotNull PaymentRequest request) {
        return endpoint.create(caller, idempotencyKey, request);
    }

    @GET
    @Operation(summary = "Money paid out, newest first")
    public Page<PaymentView> list(@Parameter(hidden = true) @Auth Caller caller, @BeanParam PageRequest page) {
        return endpoint.list(caller, page);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One of them")
    public PaymentView.Single find(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        return endpoint.find(caller, id);
    }
}
