package com.brokerx.facades.clients;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.auth.Keys;
import com.brokerx.commons.auth.Revocations;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.UnavailableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.dropwizard.lifecycle.Managed;
import io.jsonwebtoken.security.Jwks;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service needs of the clients service to know its callers, held in memory: keys, fetched again when an unknown one turns up,
 * and ended sessions, followed by a feed. While the clients service is down, known keys and sessions keep their meaning.
 */
public final class RemoteIdentity implements Keys, Revocations, Managed {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteIdentity.class);
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);
    /** Transactions that began earlier may commit later by this much at most. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);
    /** Longer than any access token lives. */
    private static final Duration FIRST_LOOK_BACK = Duration.ofHours(1);
    /** Keeps forged key ids from becoming requests. */
    private static final Duration REFETCH_AFTER = Duration.ofSeconds(5);

    private final ClientsFacade clients;
    private final InstantSource clock;
    private final Map<UUID, Instant> revoked = new ConcurrentHashMap<>();
    private final RepeatedTask following = new RepeatedTask("revocations", FOLLOW_EVERY, this::followIfThere);
    private volatile Map<String, PublicKey> keys = Map.of();
    private Instant keysFetchedAgain = Instant.MIN;
    private volatile Instant lastAnswer;
    private Instant followFrom;

    public RemoteIdentity(ClientsFacade clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
        this.lastAnswer = clock.instant();
    }

    @Override
    public void start() {
        following.start();
    }

    @Override
    public void stop() throws InterruptedException {
        following.stop();
    }

    @Override
    public boolean isRevoked(UUID sessionId) {
        return revoked.containsKey(sessionId);
    }

    @Override
    public Optional<PublicKey> find(String keyId) {
        PublicKey known = keys.get(keyId);
        if (known == null) {
            fetchAgain();
            known = keys.get(keyId);
        }
        return Optional.ofNullable(known);
    }

    /** For the sake of a key that is not among those that we know. */
    private synchronized void fetchAgain() {
        if (clock.instant().isAfter(keysFetchedAgain.plus(REFETCH_AFTER))) {
            fetchKeys();
            keysFetchedAgain = clock.instant();
        }
    }

    private void fetchKeys() {
        Map<String, PublicKey> fetched = new HashMap<>();
        clients.keys().keys().forEach(key -> put(key, fetched));
        keys = Map.copyOf(fetched);
    }

    private static void put(Map<String, Object> key, Map<String, PublicKey> into) {
        try {
            var parsed = Jwks.parser().build().parse(Json.mapper().writeValueAsString(key));
            if (parsed.toKey() instanceof PublicKey publicKey) {
                into.put(parsed.getId(), publicKey);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void followIfThere() {
        try {
            follow();
        } catch (UnavailableException down) {
            LOG.debug("ended sessions cannot be followed at the moment", down);
        }
    }

    /** How long the clients service has not answered. */
    Duration silence() {
        return Duration.between(lastAnswer, clock.instant());
    }

    /** Whether any token can be verified. */
    boolean knowsKeys() {
        return !keys.isEmpty();
    }

    /** Learns of sessions that ended since the last time; and of the keys before the first caller needs them. */
    void follow() {
        Instant now = clock.instant();
        Instant since = followFrom == null ? now.minus(FIRST_LOOK_BACK) : followFrom.minus(OVERLAP);
        ClientsFacade.RevokedSessions news = clients.revokedSessions(since);
        news.sessions().forEach(session -> revoked.put(session.sessionId(), session.tokensEnd()));
        followFrom = news.asOf();
        lastAnswer = now;
        if (!knowsKeys()) {
            fetchKeys();
        }
        revoked.values().removeIf(end -> end.isBefore(now.minus(OVERLAP)));
    }
}
