package com.brokerx.clients.password;

import java.time.Instant;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface GuardStore {

    @SqlQuery("""
            SELECT EXISTS (SELECT 1 FROM login_failures
                           WHERE email_hash = :email AND source = :source AND blocked_until > :now)""")
    boolean isBlocked(@Bind("email") byte[] email, @Bind("source") String source, @Bind("now") Instant now);

    /** Counts a wrong password, and begins a delay where there were enough. Those given during a delay change nothing. */
    @SqlUpdate("""
            INSERT INTO login_failures AS f (email_hash, source, failures, updated_at) VALUES (:email, :source, 1, :now)
            ON CONFLICT (email_hash, source) DO UPDATE SET
                failures = f.failures + 1,
                updated_at = :now,
                blocked_until = CASE WHEN f.failures + 1 >= :after THEN
                    :now::timestamptz
                    + make_interval(secs => least(:longest, :first * power(2, least(f.failures + 1 - :after, 30)))) END
            WHERE f.blocked_until IS NULL OR f.blocked_until <= :now""")
    void fail(
            @Bind("email") byte[] email,
            @Bind("source") String source,
            @Bind("now") Instant now,
            @Bind("after") int after,
            @Bind("first") double firstSeconds,
            @Bind("longest") double longestSeconds);

    @SqlUpdate("DELETE FROM login_failures WHERE email_hash = :email AND source = :source")
    void clear(@Bind("email") byte[] email, @Bind("source") String source);

    @SqlUpdate("DELETE FROM login_failures WHERE email_hash = :email")
    void clearAll(@Bind("email") byte[] email);

    @SqlUpdate("DELETE FROM login_failures WHERE updated_at < :before")
    int purge(@Bind("before") Instant before);
}
