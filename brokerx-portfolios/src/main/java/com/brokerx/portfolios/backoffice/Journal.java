package com.brokerx.portfolios.backoffice;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry of the back office.
 *
 * @param amount in the asset's smallest unit; above zero to the client, below zero from the client
 * @param requestId of the request that made it
 */
public record Journal(
        UUID id,
        UUID clientId,
        long accountId,
        String asset,
        long amount,
        String reason,
        String requestId,
        Instant createdAt) {}
