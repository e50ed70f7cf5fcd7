package com.brokerx.clients.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Accounts. Whoever changes an account, or starts something that its suspension must see (a session), locks its row first and
 * other rows after it; so two such transactions cannot wait for each other.
 */
@RegisterConstructorMapper(Account.class)
public interface AccountStore {

    /** 0 when the e-mail address is taken. */
    @SqlUpdate("""
            INSERT INTO accounts (id, email, name, status, email_verified, password_hash, roles, created_at, updated_at)
            VALUES (:id, :email, :name, lower(:status), :emailVerified, :passwordHash, :roles, :createdAt, :updatedAt)
            ON CONFLICT ((lower(email))) DO NOTHING""")
    int insert(@BindMethods Account account);

    @SqlQuery("SELECT * FROM accounts WHERE id = :id")
    Optional<Account> find(@Bind("id") UUID id);

    @SqlQuery("SELECT * FROM accounts WHERE lower(email) = lower(:email)")
    Optional<Account> findByEmail(@Bind("email") String email);

    @SqlQuery("SELECT * FROM accounts WHERE id = ANY(:ids)")
    List<Account> findAll(@Bind("ids") UUID[] ids);

    /** For a change of the account itself. */
    @SqlQuery("SELECT * FROM accounts WHERE id = :id FOR NO KEY UPDATE")
    Optional<Account> lock(@Bind("id") UUID id);

    /** For what must not pass a change of the account unseen; several may hold it at once. */
    @SqlQuery("SELECT * FROM accounts WHERE id = :id FOR SHARE")
    Optional<Account> share(@Bind("id") UUID id);

    @SqlUpdate("UPDATE accounts SET status = 'active', email_verified = true, updated_at = :now WHERE id = :id")
    void verifyEmail(@Bind("id") UUID id, @Bind("now") Instant now);

    @SqlUpdate("UPDATE accounts SET status = lower(:status), updated_at = :now WHERE id = :id")
    void setStatus(@Bind("id") UUID id, @Bind("status") AccountStatus status, @Bind("now") Instant now);

    @SqlUpdate("UPDATE accounts SET name = :name, updated_at = :now WHERE id = :id")
    void rename(@Bind("id") UUID id, @Bind("name") String name, @Bind("now") Instant now);

    @SqlUpdate("UPDATE accounts SET password_hash = :hash, updated_at = :now WHERE id = :id")
    void setPassword(@Bind("id") UUID id, @Bind("hash") String hash, @Bind("now") Instant now);

    /** The same password, hashed with newer parameters; changes nothing that anybody sees. */
    @SqlUpdate("UPDATE accounts SET password_hash = :newer WHERE id = :id AND password_hash = :older")
    void rehash(@Bind("id") UUID id, @Bind("older") String older, @Bind("newer") String newer);

    @SqlUpdate("UPDATE accounts SET mfa_enabled = :enabled, updated_at = :now WHERE id = :id")
    void setMfaEnabled(@Bind("id") UUID id, @Bind("enabled") boolean enabled, @Bind("now") Instant now);

    /** Newest first; null stands for any. */
    @SqlQuery("""
            SELECT * FROM accounts
            WHERE (:email::text IS NULL OR lower(email) = lower(:email))
              AND (:status::text IS NULL OR status = lower(:status))
              AND (:before::uuid IS NULL OR id < :before)
            ORDER BY id DESC
            LIMIT :limit""")
    List<Account> list(
            @Bind("email") String email,
            @Bind("status") AccountStatus status,
            @Bind("before") UUID before,
            @Bind("limit") int limit);

    @SqlUpdate("DELETE FROM accounts WHERE status = 'pending' AND created_at < :before")
    int purgePending(@Bind("before") Instant before);
}
