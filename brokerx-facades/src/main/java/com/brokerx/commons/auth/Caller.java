package com.brokerx.commons.auth;

import java.security.Principal;
import java.util.Set;
import java.util.UUID;

/**
 * Who makes a request, as their access token says.
 *
 * @param clientId the account ({@code sub})
 * @param sessionId the sign-in that the token belongs to ({@code sid}); ended by a logout
 * @param roles what the account may do beyond its own affairs
 */
public record Caller(UUID clientId, UUID sessionId, Set<String> roles) implements Principal {

    public static final String ADMIN = "admin";

    public Caller {
        roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return clientId.toString();
    }

    public boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    /** Whether this caller may see and change what belongs to {@code ownerId}. */
    public boolean mayActFor(UUID ownerId) {
        return clientId.equals(ownerId) || isAdmin();
    }
}
