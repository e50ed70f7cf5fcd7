package com.brokerx.clients.mfa;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Sign-ins between the right password and the right code. */
@RegisterConstructorMapper(ChallengeStore.Challenge.class)
interface ChallengeStore {

    /**
     * What a try is judged by.
     *
     * @param codeHash fingerprint of the mailed code; null where an authenticator app is asked
     */
    record Challenge(UUID accountId, byte[] codeHash) {
        boolean isByMail() {
            return codeHash != null;
        }
    }

    @SqlUpdate("""
            INSERT INTO login_challenges (token_hash, account_id, code_hash, created_at, expires_at)
            VALUES (:hash, :accountId, :codeHash, :now, :expiresAt)""")
    void insert(
            @Bind("hash") byte[] hash,
            @Bind("accountId") UUID accountId,
            @Bind("codeHash") byte[] codeHash,
            @Bind("now") Instant now,
            @Bind("expiresAt") Instant expiresAt);

    @SqlQuery("SELECT account_id FROM login_challenges WHERE token_hash = :hash")
    Optional<UUID> owner(@Bind("hash") byte[] hash);

    /** Counts a try before it is judged, so that guesses at the same time cannot be more than allowed; empty when none is left. */
    @SqlQuery("""
            UPDATE login_challenges SET tries = tries + 1
            WHERE token_hash = :hash AND tries < :tries AND consumed_at IS NULL AND expires_at > :now
            RETURNING account_id, code_hash""")
    Optional<Challenge> tryOnce(@Bind("hash") byte[] hash, @Bind("tries") int tries, @Bind("now") Instant now);

    @SqlUpdate("UPDATE login_challenges SET consumed_at = :now WHERE token_hash = :hash")
    void consume(@Bind("hash") byte[] hash, @Bind("now") Instant now);

    @SqlQuery("""
            SELECT coalesce(sum(tries - CASE WHEN consumed_at IS NULL THEN 0 ELSE 1 END), 0) FROM login_challenges
            WHERE account_id = :accountId AND created_at > :since""")
    int wrongCodesSince(@Bind("accountId") UUID accountId, @Bind("since") Instant since);

    @SqlUpdate("DELETE FROM login_challenges WHERE account_id = :accountId AND consumed_at IS NULL")
    void drop(@Bind("accountId") UUID accountId);

    @SqlUpdate("DELETE FROM login_challenges WHERE created_at < :before")
    int purge(@Bind("before") Instant before);
}
