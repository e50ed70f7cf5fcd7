package com.brokerx.clients.session;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.facades.clients.ClientsFacade;
import com.brokerx.facades.clients.ClientsFacade.RevokedSessions;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** The feed of ended sessions that every service follows, so that a logout counts everywhere within seconds. */
@Hidden
@Path("/internal/sessions/revoked")
@Produces(MediaType.APPLICATION_JSON)
public final class RevokedSessionsResource {

    private final ClientsFacade clients;

    public RevokedSessionsResource(ClientsFacade clients) {
        this.clients = clients;
    }

    @GET
    public RevokedSessions revoked(@QueryParam("since") String since) {
        return clients.revokedSessions(parse(since));
    }

    private static Instant parse(String since) {
        try {
            return since == null ? Instant.EPOCH : Instant.parse(since);
        } catch (DateTimeParseException notATime) {
            throw Problem.ofField(CommonCode.VALIDATION_FAILED, "since", "has to be a time like 2026-01-31T12:34:56Z")
                    .asException();
        }
    }
}
