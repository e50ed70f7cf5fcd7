package com.brokerx.facades.clients;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What other services ask the clients service. */
public interface ClientsFacade {

    /**
     * The public keys that access tokens may be signed with, as JSON Web Keys (RFC 7517).
     *
     * @throws com.brokerx.commons.problem.UnavailableException when it cannot be asked
     */
    JsonWebKeys keys();

    /**
     * The sessions that ended before their access tokens did.
     *
     * @param since sessions that ended at this time or later
     * @throws com.brokerx.commons.problem.UnavailableException when it cannot be asked
     */
    RevokedSessions revokedSessions(Instant since);

    record JsonWebKeys(List<Map<String, Object>> keys) {}

    /**
     * @param asOf the other side's time when it answered: ask from here on next time, with some overlap, since transactions
     *     may commit in another order than they began in
     */
    record RevokedSessions(List<RevokedSession> sessions, Instant asOf) {}

    /** @param tokensEnd when the last access token of the session ends by itself; it can be forgotten then */
    record RevokedSession(UUID sessionId, Instant tokensEnd) {}
}
