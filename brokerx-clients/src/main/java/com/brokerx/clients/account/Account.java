package com.brokerx.clients.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A client's account as it is stored; what callers see of it is a {@link Client}. */
public record Account(
        UUID id,
        String email,
        String name,
        AccountStatus status,
        boolean emailVerified,
        boolean mfaEnabled,
        String passwordHash,
        List<String> roles,
        Instant createdAt,
        Instant updatedAt) {

    public Account {
        roles = List.copyOf(roles);
    }

    public boolean isActive() {
        return status == AccountStatus.ACTIVE;
    }

    public Client toClient() {
        return new Client(id, email, name, status, emailVerified, mfaEnabled, createdAt, updatedAt);
    }
}
