package com.brokerx.clients.mail;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(MailStore.Row.class)
interface MailStore {

    record Row(UUID id, String recipient, String subject, byte[] content, Instant createdAt, int attempts) {}

    @SqlUpdate("""
            INSERT INTO mails (id, recipient, subject, content, created_at, expires_at, next_attempt_at)
            VALUES (:id, :recipient, :subject, :content, :now, :expiresAt, :now)""")
    void insert(
            @Bind("id") UUID id,
            @Bind("recipient") String recipient,
            @Bind("subject") String subject,
            @Bind("content") byte[] content,
            @Bind("now") Instant now,
            @Bind("expiresAt") Instant expiresAt);

    /**
     * Takes mails that are due, those that expire soonest first, and puts their next attempt off to {@code until}: nobody else
     * takes them before that, and if this sender dies they come up again.
     */
    @SqlQuery("""
            WITH taken AS (
                UPDATE mails SET attempts = attempts + 1, next_attempt_at = :until
                WHERE id IN (SELECT id FROM mails WHERE next_attempt_at <= :now
                             ORDER BY expires_at NULLS LAST, id LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING id, recipient, subject, content, created_at, expires_at, attempts)
            SELECT * FROM taken ORDER BY expires_at NULLS LAST, id""")
    List<Row> take(@Bind("now") Instant now, @Bind("until") Instant until, @Bind("limit") int limit);

    @SqlUpdate("""
            UPDATE mails SET sent_at = :now, next_attempt_at = NULL, content = NULL, last_error = NULL WHERE id = :id""")
    void sent(@Bind("id") UUID id, @Bind("now") Instant now);

    @SqlUpdate("UPDATE mails SET next_attempt_at = :next, last_error = :error WHERE id = :id")
    void retry(@Bind("id") UUID id, @Bind("next") Instant next, @Bind("error") String error);

    @SqlUpdate("UPDATE mails SET next_attempt_at = NULL, content = NULL, last_error = :error WHERE id = :id")
    void giveUp(@Bind("id") UUID id, @Bind("error") String error);

    /** A code that nobody can use any more need not be sent. */
    @SqlUpdate("""
            UPDATE mails SET next_attempt_at = NULL, content = NULL, last_error = coalesce(last_error, 'expired')
            WHERE next_attempt_at IS NOT NULL AND expires_at < :now""")
    int dropExpired(@Bind("now") Instant now);

    @SqlQuery("SELECT count(*) FROM mails WHERE next_attempt_at IS NOT NULL")
    long waiting();

    @SqlUpdate("DELETE FROM mails WHERE created_at < :before AND next_attempt_at IS NULL")
    int purge(@Bind("before") Instant before);
}
