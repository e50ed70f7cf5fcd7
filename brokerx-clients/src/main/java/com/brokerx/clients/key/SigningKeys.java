package com.brokerx.clients.key;

import com.brokerx.clients.secret.SecretBox;
import com.brokerx.commons.app.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign access tokens. They live in the database, the private halves sealed, and every instance signs with the same
 * one. A key is shown before it signs and until the last token that it signed has ended.
 */
public final class SigningKeys implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final String SEALED_AS = "signing key";
    /** Instances may notice a new key this much later than its time, and clocks differ. */
    private static final Duration RETIREMENT_MARGIN = Duration.ofMinutes(10);

    /** A key that signs, and its id, which tokens carry as {@code kid}. */
    public record SigningKey(String id, PrivateKey key, Instant activeFrom) {}

    private record Ring(List<SigningKey> signing, List<Map<String, Object>> published) {}

    private final Jdbi jdbi;
    private final SecretBox secrets;
    private final KeySettings settings;
    private final Duration tokenLifetime;
    private final InstantSource clock;
    private final RepeatedTask upkeep;
    private volatile Ring ring = new Ring(List.of(), List.of());

    /** @param tokenLifetime how long the longest-lived token that a key signed goes on after the key's last signature */
    public SigningKeys(
            Jdbi jdbi, SecretBox secrets, KeySettings settings, Duration tokenLifetime, InstantSource clock) {
        this.jdbi = jdbi;
        this.secrets = secrets;
        this.settings = settings;
        this.tokenLifetime = tokenLifetime;
        this.clock = clock;
        this.upkeep =
                new RepeatedTask("signing-keys", settings.refreshInterval().toJavaDuration(), this::maintain);
    }

    @Override
    public void start() {
        maintain();
        upkeep.start();
    }

    @Override
    public void stop() throws InterruptedException {
        upkeep.stop();
    }

    /** The key to sign with now; the first one signs even where this instance's clock is behind that of its maker. */
    public SigningKey current() {
        Instant now = clock.instant();
        List<SigningKey> keys = ring.signing();
        return keys.stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .max(Comparator.comparing(SigningKey::activeFrom))
                .orElseGet(keys::getFirst);
    }

    /** The public keys as JSON Web Keys, those that do not sign yet and those that no longer do included. */
    public List<Map<String, Object>> published() {
        return ring.published();
    }

    /** Makes the key that signs next, whatever the age of the present one, and returns its id. */
    public String rotate() {
        SigningKeyStore.Row next =
                newKey(clock.instant().plus(settings.publishAhead().toJavaDuration()));
        jdbi.useTransaction(tx -> {
            SigningKeyStore store = tx.attach(SigningKeyStore.class);
            store.lock();
            store.insert(next);
        });
        LOG.info("made signing key {}, which signs from {}", next.id(), next.activeFrom());
        maintain();
        return next.id();
    }

    /** Makes a key where there is none or the newest is old, removes those that no living token needs, and reads the others. */
    void maintain() {
        ring = read(jdbi.inTransaction(tx -> {
            SigningKeyStore store = tx.attach(SigningKeyStore.class);
            List<SigningKeyStore.Row> rows = store.all();
            if (isSettled(rows)) {
                return rows;
            }
            store.lock();
            settle(store, store.all());
            return store.all();
        }));
    }

    private boolean isSettled(List<SigningKeyStore.Row> rows) {
        return !rows.isEmpty() && !isOld(rows.getLast()) && (rows.size() == 1 || !isSpent(rows.get(1)));
    }

    private void settle(SigningKeyStore store, List<SigningKeyStore.Row> rows) {
        Instant now = clock.instant();
        if (rows.isEmpty()) {
            store.insert(newKey(now));
        } else if (isOld(rows.getLast())) {
            store.insert(newKey(now.plus(settings.publishAhead().toJavaDuration())));
        }
        for (int i = 0; i + 1 < rows.size() && isSpent(rows.get(i + 1)); i++) {
            LOG.info("signing key {} retires", rows.get(i).id());
            store.delete(rows.get(i).id());
        }
    }

    private boolean isOld(SigningKeyStore.Row newest) {
        Instant rotation = newest.createdAt().plus(settings.rotateAfter().toJavaDuration());
        return !clock.instant().isBefore(rotation);
    }

    /** Whether the key before this one has no living token any more. */
    private boolean isSpent(SigningKeyStore.Row successor) {
        Instant lastTokenEnds = successor.activeFrom().plus(tokenLifetime).plus(RETIREMENT_MARGIN);
        return clock.instant().isAfter(lastTokenEnds);
    }

    private SigningKeyStore.Row newKey(Instant activeFrom) {
        KeyPair pair = Jwts.SIG.ES256.keyPair().build();
        String id = Jwks.builder()
                .key((ECPublicKey) pair.getPublic())
                .idFromThumbprint()
                .build()
                .getId();
        byte[] sealed = secrets.seal(SEALED_AS, pair.getPrivate().getEncoded());
        return new SigningKeyStore.Row(id, pair.getPublic().getEncoded(), sealed, clock.instant(), activeFrom);
    }

    private Ring read(List<SigningKeyStore.Row> rows) {
        return new Ring(
                rows.stream().map(this::signingKey).toList(),
                rows.stream().map(SigningKeys::webKey).toList());
    }

    private SigningKey signingKey(SigningKeyStore.Row row) {
        byte[] encoded = secrets.open(SEALED_AS, row.privateKey());
        try {
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SigningKey(row.id(), key, row.activeFrom());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing key " + row.id() + " cannot be read", e);
        }
    }

    private static Map<String, Object> webKey(SigningKeyStore.Row row) {
        try {
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(row.publicKey()));
            var jwk = Jwks.builder()
                    .key((ECPublicKey) key)
                    .id(row.id())
                    .algorithm("ES256")
                    .publicKeyUse("sig")
                    .build();
            Map<String, Object> members = new TreeMap<>();
            jwk.forEach((name, value) -> members.put(name, value.toString()));
            return members;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing key " + row.id() + " cannot be read", e);
        }
    }
}
