package com.brokerx.orders.stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** How the API document tells of the stream, which is no resource: {@link StreamServlet} serves it. */
@Path("/api/v1/stream")
@Tag(name = "stream")
@SecurityRequirement(name = "bearer")
public interface StreamApi {

    @GET
    @Operation(summary = "Live updates over WebSocket", description = """
            `/cable` is another name. The token comes in the header `Authorization`, as first message \
            `{"action":"authenticate","token":"…"}`, or as `?token=`. Then \
            `{"action":"subscribe","channels":["orders","quotes:AAPL","book:AAPL","trades:AAPL"]}`; with `"after":1234` the channel \
            `orders` begins behind the entry 1234 of `GET /api/v1/orders/events`. Messages from here: \
            `{"type":"snapshot"|"update"|"heartbeat"|"gap"|"error","channel","sequence","data","timestamp"}`. \
            `{"action":"cancel_on_disconnect","within":"10s"}` has the client's open orders cancelled when nothing was heard of the \
            connection for so long, whatever becomes of the instance. docs/stream.md has all of it.""")
    @ApiResponse(responseCode = "101", description = "From here on it is a WebSocket")
    @ApiResponse(responseCode = "401", description = "The token that came with the request is not valid")
    @ApiResponse(responseCode = "426", description = "The request does not ask for a WebSocket")
    void connect(
            @Parameter(description = "an access token, for browsers, which cannot send the header") @QueryParam("token")
                    String token);
}
