package com.brokerx.facades.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Money left a client's account. */
@EventType("withdrawal.completed")
public record WithdrawalCompleted(
        UUID withdrawalId, UUID clientId, BigDecimal amount, String currency, Instant completedAt)
        implements DomainEvent {
    @Override
    public String aggregate() {
        return clientId.toString();
    }
}
