package com.brokerx.clients.session;

import com.brokerx.clients.key.SigningKeys;
import com.brokerx.facades.clients.ClientsFacade;
import java.time.Instant;
import java.time.InstantSource;

/** What other services are told over HTTP, from the database itself: the clients service knows its callers the same way as they do. */
public final class LocalClients implements ClientsFacade {

    private final SigningKeys keys;
    private final Sessions sessions;
    private final InstantSource clock;

    public LocalClients(SigningKeys keys, Sessions sessions, InstantSource clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public JsonWebKeys keys() {
        return new JsonWebKeys(keys.published());
    }

    @Override
    public RevokedSessions revokedSessions(Instant since) {
        // The time is taken before the look, so that nothing falls between two looks.
        Instant asOf = clock.instant();
        return new RevokedSessions(sessions.endedSince(since), asOf);
    }
}
