package com.brokerx.commons.auth;

import java.util.UUID;

/** Which sessions ended before their tokens did. Asked for every request, so it has to answer from memory. */
@FunctionalInterface
public interface Revocations {

    boolean isRevoked(UUID sessionId);
}
