package com.brokerx.facades.events;

import java.util.UUID;

/** A client proved that the e-mail address is theirs; portfolios opens their default portfolio. */
@EventType("client.email_verified")
public record ClientEmailVerified(UUID clientId) implements DomainEvent {
    @Override
    public String aggregate() {
        return clientId.toString();
    }
}
