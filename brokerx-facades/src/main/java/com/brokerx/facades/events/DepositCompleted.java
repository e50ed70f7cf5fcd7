package com.brokerx.facades.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Money arrived on a client's account. */
@EventType("deposit.completed")
public record DepositCompleted(UUID depositId, UUID clientId, BigDecimal amount, String currency, Instant completedAt)
        implements DomainEvent {
    @Override
    public String aggregate() {
        return clientId.toString();
    }
}
