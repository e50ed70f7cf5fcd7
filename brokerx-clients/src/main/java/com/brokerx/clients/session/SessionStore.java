package com.brokerx.clients.session;

import com.brokerx.facades.clients.ClientsFacade.RevokedSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Session.class)
@RegisterConstructorMapper(SessionStore.RefreshToken.class)
@RegisterConstructorMapper(RevokedSession.class)
interface SessionStore {

    /** A refresh token, but for itself. */
    record RefreshToken(UUID sessionId, int generation, Instant expiresAt) {}

    @SqlUpdate("""
            INSERT INTO sessions (id, account_id, address, user_agent, created_at, used_at, expires_at, generation, rotated_at)
            VALUES (:id, :accountId, :address, :userAgent, :createdAt, :usedAt, :expiresAt, :generation, :rotatedAt)""")
    void insert(@BindMethods Session session);

    @SqlQuery("SELECT * FROM sessions WHERE id = :id FOR UPDATE")
    Session lock(@Bind("id") UUID id);

    @SqlUpdate("""
            UPDATE sessions SET generation = :generation, rotated_at = :now, used_at = :now WHERE id = :id""")
    void rotate(@Bind("id") UUID id, @Bind("generation") int generation, @Bind("now") Instant now);

    @SqlUpdate("""
            INSERT INTO refresh_tokens (token_hash, session_id, generation, expires_at)
            VALUES (:hash, :sessionId, :generation, :expiresAt)""")
    void insertToken(@Bind("hash") byte[] hash, @BindMethods RefreshToken token);

    @SqlQuery("SELECT session_id, generation, expires_at FROM refresh_tokens WHERE token_hash = :hash")
    Optional<RefreshToken> findToken(@Bind("hash") byte[] hash);

    /** Those that had not ended yet; 0 where there are none. */
    @SqlUpdate("""
            UPDATE sessions SET ended_at = :now, tokens_end = :tokensEnd, end_reason = lower(:reason)
            WHERE account_id = :accountId AND ended_at IS NULL
              AND (:only::uuid IS NULL OR id = :only) AND (:except::uuid IS NULL OR id != :except)""")
    int end(
            @Bind("accountId") UUID accountId,
            @Bind("only") UUID only,
            @Bind("except") UUID except,
            @Bind("reason") EndReason reason,
            @Bind("now") Instant now,
            @Bind("tokensEnd") Instant tokensEnd);

    @SqlQuery("""
            SELECT id AS session_id, tokens_end FROM sessions
            WHERE ended_at >= :since AND tokens_end > :now
            ORDER BY ended_at""")
    List<RevokedSession> endedSince(@Bind("since") Instant since, @Bind("now") Instant now);

    /** Newest first. */
    @SqlQuery("""
            SELECT * FROM sessions
            WHERE account_id = :accountId AND ended_at IS NULL AND expires_at > :now AND used_at > :idleSince
              AND (:before::uuid IS NULL OR id < :before)
            ORDER BY id DESC
            LIMIT :limit""")
    List<Session> live(
            @Bind("accountId") UUID accountId,
            @Bind("now") Instant now,
            @Bind("idleSince") Instant idleSince,
            @Bind("before") UUID before,
            @Bind("limit") int limit);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM sessions WHERE account_id = :accountId AND address = :address)")
    boolean hasSignedInFrom(@Bind("accountId") UUID accountId, @Bind("address") String address);

    @SqlUpdate("""
            DELETE FROM sessions WHERE ended_at < :before OR expires_at < :before OR used_at < :idleBefore""")
    int purge(@Bind("before") Instant before, @Bind("idleBefore") Instant idleBefore);
}
