package com.brokerx.commons.app;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Says that this process answers; whether it is fit for work is the admin port's {@code /healthcheck}. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "health")
public final class HealthResource {

    /** The body of {@code GET /health}. */
    public record Health(String status, String service, String version, Instant timestamp) {}

    private final String service;
    private final String version;
    private final InstantSource clock;

    public HealthResource(String service, InstantSource clock) {
        this.service = service;
        this.version = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("development");
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Whether the process answers")
    public Health health() {
        return new Health("ok", service, version, clock.instant());
    }
}
