package com.brokerx.clients.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * A client as callers see them.
 *
 * @param mfaEnabled whether signing in asks an authenticator app; without one a code is mailed
 */
public record Client(
        UUID id,
        String email,
        String name,
        AccountStatus status,
        boolean emailVerified,

        @Schema(description = "whether signing in asks an authenticator app; without one a code is mailed")
        boolean mfaEnabled,

        Instant createdAt,
        Instant updatedAt) {}
