package com.brokerx.clients.mfa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(TotpStore.Enrolment.class)
interface TotpStore {

    /**
     * An app, confirmed or not.
     *
     * @param secret sealed
     */
    record Enrolment(byte[] secret, Instant confirmedAt) {
        boolean isConfirmed() {
            return confirmedAt != null;
        }
    }

    @SqlQuery("SELECT secret, confirmed_at FROM totp WHERE account_id = :accountId")
    Optional<Enrolment> find(@Bind("accountId") UUID accountId);

    /** Begins anew as long as nothing is confirmed. */
    @SqlUpdate("""
            INSERT INTO totp (account_id, secret, created_at) VALUES (:accountId, :secret, :now)
            ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
            WHERE totp.confirmed_at IS NULL""")
    void begin(@Bind("accountId") UUID accountId, @Bind("secret") byte[] secret, @Bind("now") Instant now);

    @SqlUpdate("UPDATE totp SET confirmed_at = :now WHERE account_id = :accountId")
    void confirm(@Bind("accountId") UUID accountId, @Bind("now") Instant now);

    /** Uses a time step up; 0 where it, or a later one, was used before. */
    @SqlUpdate("UPDATE totp SET last_step = :step WHERE account_id = :accountId AND last_step < :step")
    int useStep(@Bind("accountId") UUID accountId, @Bind("step") long step);

    @SqlUpdate("DELETE FROM totp WHERE account_id = :accountId")
    int remove(@Bind("accountId") UUID accountId);

    @SqlBatch("INSERT INTO recovery_codes (account_id, code_hash) VALUES (:accountId, :hash)")
    void insertRecoveryCodes(@Bind("accountId") UUID accountId, @Bind("hash") List<byte[]> hashes);

    @SqlUpdate("""
            UPDATE recovery_codes SET used_at = :now
            WHERE account_id = :accountId AND code_hash = :hash AND used_at IS NULL""")
    int useRecoveryCode(@Bind("accountId") UUID accountId, @Bind("hash") byte[] hash, @Bind("now") Instant now);

    @SqlUpdate("DELETE FROM recovery_codes WHERE account_id = :accountId")
    void removeRecoveryCodes(@Bind("accountId") UUID accountId);
}
