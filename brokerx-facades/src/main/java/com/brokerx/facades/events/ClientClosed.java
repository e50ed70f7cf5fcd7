package com.brokerx.facades.events;

import java.util.UUID;

/** A client closed their account. */
@EventType("client.closed")
public record ClientClosed(UUID clientId) implements DomainEvent {
    @Override
    public String aggregate() {
        return clientId.toString();
    }
}
