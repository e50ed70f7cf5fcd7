package com.brokerx.clients.password;

import com.brokerx.commons.problem.UnavailableException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id. Each computation takes the configured memory and a processor for some time, so only a bounded number runs at once.
 * Never called inside a transaction: the queue would hold connections.
 */
public final class PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Argon2PasswordEncoder argon2;
    private final Semaphore turns;
    private final Duration queueTimeout;
    private final String nobodysHash;

    public PasswordHasher(PasswordSettings settings) {
        int memory = Math.toIntExact(settings.memory().toKibibytes());
        this.argon2 = new Argon2PasswordEncoder(
                SALT_BYTES, HASH_BYTES, settings.parallelism(), memory, settings.iterations());
        this.turns = new Semaphore(settings.concurrentHashes(), true);
        this.queueTimeout = settings.queueTimeout().toJavaDuration();
        this.nobodysHash = argon2.encode("the password of nobody");
    }

    /**
     * The hash to store, parameters and salt included.
     *
     * @throws UnavailableException when its turn does not come in time
     */
    public String hash(String password) {
        return inTurn(() -> argon2.encode(normalize(password)));
    }

    /**
     * Whether the password is the right one. Without a hash the same work is done and the answer is no, so that the time
     * taken does not tell whether there is an account.
     *
     * @throws UnavailableException when its turn does not come in time
     */
    public boolean matches(String password, Optional<String> hash) {
        return inTurn(() -> argon2.matches(normalize(password), hash.orElse(nobodysHash))) && hash.isPresent();
    }

    /** Whether the hash was made with weaker parameters than those in force. */
    public boolean isOutdated(String hash) {
        return argon2.upgradeEncoding(hash);
    }

    /** The same characters typed on another keyboard may come as other code points. */
    private static String normalize(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(queueTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("the check of passwords", RETRY);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the check of passwords", RETRY, stopped);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
