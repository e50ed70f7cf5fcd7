package com.brokerx.clients.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A sign-in.
 *
 * @param address where it began
 * @param usedAt when it was refreshed last
 * @param expiresAt when it ends, however busy it is
 * @param generation of the refresh tokens that are good now
 * @param rotatedAt when that generation began
 * @param endedAt when it was ended before its time; null while it is alive
 */
public record Session(
        UUID id,
        UUID accountId,
        String address,
        String userAgent,
        Instant createdAt,
        Instant usedAt,
        Instant expiresAt,
        int generation,
        Instant rotatedAt,
        Instant endedAt) {}
