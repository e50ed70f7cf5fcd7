package com.brokerx.clients.session;

import com.brokerx.clients.ClientsCode;
import com.brokerx.clients.Message;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;

/** Going on with a sign-in, and ending it. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "sessions")
public final class SessionResource {

    /** The body of a refresh. */
    public record RefreshRequest(
            @NotBlank(message = "is missing") String refreshToken) {}

    /**
     * A sign-in that is alive.
     *
     * @param current whether it is the one that asks
     */
    public record SessionView(
            UUID id,
            String address,
            String userAgent,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            boolean current) {}

    private final Sessions sessions;

    public SessionResource(Sessions sessions) {
        this.sessions = sessions;
    }

    @POST
    @Path("/auth/refresh_token")
    @Operation(
            summary = "Swap a refresh token for a new pair",
            description =
                    "A refresh token works once. If the answer got lost, the same token is answered again for some "
                            + "seconds. One that turns up later than that ends the whole session.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "a new pair")
    @ApiResponse(responseCode = "401", description = "invalid_refresh_token, refresh_token_reused")
    public SignIn refreshToken(@Valid @NotNull RefreshRequest request) {
        return switch (sessions.refresh(request.refreshToken())) {
            case RefreshOutcome.Refreshed(SignIn signIn) -> signIn;
            case RefreshOutcome.NotValid() ->
                throw unauthorized(
                        ClientsCode.INVALID_REFRESH_TOKEN, "it is unknown or its session has ended; sign in");
            case RefreshOutcome.Reused() ->
                throw unauthorized(
                        ClientsCode.REFRESH_TOKEN_REUSED,
                        "it was used before, so somebody else may have it; the session has ended, sign in again");
        };
    }

    private static RuntimeException unauthorized(ClientsCode code, String detail) {
        return Problem.of(code, detail)
                .withHeader("WWW-Authenticate", "Bearer realm=\"brokerx\"")
                .asException();
    }

    @POST
    @Path("/auth/logout")
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "bearer")
    @Operation(
            summary = "End this session",
            description = "Its refresh tokens die at once, and every service refuses its access token within seconds.")
    public Message logout(@Parameter(hidden = true) @Auth Caller caller) {
        sessions.end(caller.clientId(), caller.sessionId(), EndReason.LOGOUT);
        return new Message("You are signed out");
    }

    @GET
    @Path("/me/sessions")
    @SecurityRequirement(name = "bearer")
    @Operation(summary = "Where the account is signed in")
    public Page<SessionView> listSessions(@Parameter(hidden = true) @Auth Caller caller, @BeanParam PageRequest page) {
        return Page.of(page, sessions.live(caller.clientId(), page), Session::id)
                .map(row -> view(row, caller));
    }

    private static SessionView view(Session row, Caller caller) {
        return new SessionView(
                row.id(),
                row.address(),
                row.userAgent(),
                row.createdAt(),
                row.usedAt(),
                row.expiresAt(),
                row.id().equals(caller.sessionId()));
    }

    @DELETE
    @Path("/me/sessions/{id}")
    @SecurityRequirement(name = "bearer")
    @Operation(summary = "End one session")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "ended")
    @ApiResponse(responseCode = "404", description = "not_found")
    public Message endSession(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        if (!sessions.end(caller.clientId(), id, EndReason.ENDED_BY_OWNER)) {
            throw Problem.of(CommonCode.NOT_FOUND, "there is no such session").asException();
        }
        return new Message("The session has ended");
    }
}
