package com.brokerx.clients.key;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(SigningKeyStore.Row.class)
interface SigningKeyStore {

    /**
     * A key pair.
     *
     * @param publicKey X.509 encoding
     * @param privateKey PKCS #8 encoding, sealed
     * @param activeFrom when it starts to sign; shown in the key set before
     */
    record Row(String id, byte[] publicKey, byte[] privateKey, Instant createdAt, Instant activeFrom) {}

    /** Of several instances that start or rotate at once, one does; the others wait here and find its key. */
    @SqlQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtext('brokerx signing keys'))")
    int lock();

    @SqlQuery("SELECT * FROM signing_keys ORDER BY active_from, id")
    List<Row> all();

    @SqlUpdate("""
            INSERT INTO signing_keys (id, public_key, private_key, created_at, active_from)
            VALUES (:id, :publicKey, :privateKey, :createdAt, :activeFrom)""")
    void insert(@BindMethods Row key);

    @SqlUpdate("DELETE FROM signing_keys WHERE id = :id")
    void delete(@Bind("id") String id);
}
