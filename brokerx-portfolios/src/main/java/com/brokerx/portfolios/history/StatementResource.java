package com.brokerx.portfolios.history;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.portfolios.history.StatementService.Extent;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Account statements: every line of a period with the deposit, order or trade behind it. */
@Path("/api/v1/portfolios/{id}/statement")
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class StatementResource {

    private static final String CSV = "text/csv";

    private final StatementService service;

    public StatementResource(StatementService service) {
        this.service = service;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(summary = "A statement of a period, as JSON or CSV")
    @ApiResponse(
            responseCode = "200",
            description = "Every entry of the period, oldest first",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Statement.Single.class)),
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
            })
    public Response statement(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "RFC 3339; the first moment of the period", required = true) @QueryParam("from")
                    String from,
            @Parameter(description = "RFC 3339; the first moment after the period; now if left out") @QueryParam("to")
                    String to,
            @Parameter(description = "json (if left out) or csv") @QueryParam("format") String format) {
        if (from == null) {
            throw Problem.ofField(CommonCode.VALIDATION_FAILED, "from", "has to be given")
                    .asException();
        }
        Extent extent = service.extent(
                caller.clientId(), id, Moments.parse("from", from), to == null ? null : Moments.parse("to", to));
        return switch (format == null ? "json" : format) {
            case "json" ->
                Response.ok(new Statement.Single(service.statement(extent)), MediaType.APPLICATION_JSON_TYPE)
                        .build();
            case "csv" ->
                Response.ok(csv(extent), CSV + ";charset=utf-8")
                        .header("Content-Disposition", "attachment; filename=\"statement-" + id + ".csv\"")
                        .build();
            default ->
                throw Problem.ofField(CommonCode.VALIDATION_FAILED, "format", "has to be json or csv")
                        .asException();
        };
    }

    private StreamingOutput csv(Extent extent) {
        return out -> service.writeCsv(extent, new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }
}
