package com.brokerx.orders.order;

import java.time.Instant;
import java.util.UUID;

/**
 * What never changes about an order.
 *
 * @param postOnly whether it is to be refused rather than to trade at once
 * @param feePpm the fee in millionths of what is traded, as it was when the order was placed
 * @param clientOrderId null where the client gave none
 * @param idempotencyKey null where the client sent none
 * @param requestHash part of a hash of the request, null where there is no key
 * @param correlationId the id of the request that placed it
 */
public record Ticket(
        UUID id,
        UUID clientId,
        String symbol,
        Direction direction,
        OrderType type,
        boolean postOnly,
        int feePpm,
        String clientOrderId,
        String idempotencyKey,
        Long requestHash,
        String correlationId,
        Instant createdAt) {}
