package com.brokerx.clients.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface MailTokenStore {

    @SqlUpdate("""
            INSERT INTO mail_tokens (token_hash, account_id, purpose, on_request, created_at, expires_at)
            VALUES (:hash, :accountId, lower(:purpose), :onRequest, :now, :expiresAt)""")
    void insert(
            @Bind("hash") byte[] hash,
            @Bind("accountId") UUID accountId,
            @Bind("purpose") Purpose purpose,
            @Bind("onRequest") boolean onRequest,
            @Bind("now") Instant now,
            @Bind("expiresAt") Instant expiresAt);

    @SqlQuery("""
            SELECT account_id FROM mail_tokens
            WHERE token_hash = :hash AND purpose = lower(:purpose) AND used_at IS NULL AND expires_at > :now""")
    Optional<UUID> owner(@Bind("hash") byte[] hash, @Bind("purpose") Purpose purpose, @Bind("now") Instant now);

    @SqlUpdate("""
            UPDATE mail_tokens SET used_at = :now
            WHERE token_hash = :hash AND purpose = lower(:purpose) AND used_at IS NULL AND expires_at > :now""")
    int use(@Bind("hash") byte[] hash, @Bind("purpose") Purpose purpose, @Bind("now") Instant now);

    @SqlUpdate("""
            UPDATE mail_tokens SET used_at = :now
            WHERE account_id = :accountId AND purpose = lower(:purpose) AND used_at IS NULL""")
    void useAll(@Bind("accountId") UUID accountId, @Bind("purpose") Purpose purpose, @Bind("now") Instant now);

    /** When those asked for since a time were made, oldest first. */
    @SqlQuery("""
            SELECT created_at FROM mail_tokens
            WHERE account_id = :accountId AND purpose = lower(:purpose) AND on_request AND created_at > :since
            ORDER BY created_at""")
    List<Instant> requestedSince(
            @Bind("accountId") UUID accountId, @Bind("purpose") Purpose purpose, @Bind("since") Instant since);

    @SqlUpdate("DELETE FROM mail_tokens WHERE expires_at < :before")
    int purge(@Bind("before") Instant before);
}
