package com.brokerx.clients.proof;

import com.brokerx.clients.secret.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tokens that are mailed, work once, and prove that whoever brings them reads the account's mail. */
public final class MailTokens {

    private static final Duration LIMIT_PERIOD = Duration.ofHours(1);

    private final InstantSource clock;

    public MailTokens(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Makes a token; only its hash is stored.
     *
     * @param onRequest whether somebody asked for it, so that it counts towards the limit of {@link #waitForNext}
     */
    public String issue(Handle tx, UUID accountId, Purpose purpose, Duration lifetime, boolean onRequest) {
        String token = Tokens.next();
        Instant now = clock.instant();
        tx.attach(MailTokenStore.class)
                .insert(Tokens.hash(token), accountId, purpose, onRequest, now, now.plus(lifetime));
        return token;
    }

    /** Whose token it is, while it is good. Lock that account, then {@link #use} the token. */
    public Optional<UUID> owner(Handle tx, String token, Purpose purpose) {
        return tx.attach(MailTokenStore.class).owner(Tokens.hash(token), purpose, clock.instant());
    }

    /** Uses the token up; false where it is not good any more. */
    public boolean use(Handle tx, String token, Purpose purpose) {
        return tx.attach(MailTokenStore.class).use(Tokens.hash(token), purpose, clock.instant()) == 1;
    }

    /** Makes all tokens of an account for this purpose worthless. */
    public void useAll(Handle tx, UUID accountId, Purpose purpose) {
        tx.attach(MailTokenStore.class).useAll(accountId, purpose, clock.instant());
    }

    /**
     * How long to wait before another token may be asked for; empty when one may be asked for now. The caller holds the account's
     * lock, so that requests at the same time are counted.
     */
    public Optional<Duration> waitForNext(Handle tx, UUID accountId, Purpose purpose, int perHour) {
        Instant now = clock.instant();
        List<Instant> requested =
                tx.attach(MailTokenStore.class).requestedSince(accountId, purpose, now.minus(LIMIT_PERIOD));
        if (requested.size() < perHour) {
            return Optional.empty();
        }
        Instant oldest = requested.get(requested.size() - perHour);
        return Optional.of(Duration.between(now, oldest.plus(LIMIT_PERIOD)));
    }

    /** Forgets tokens that ended before {@code before}. */
    public static int purge(Jdbi jdbi, Instant before) {
        return jdbi.withExtension(MailTokenStore.class, store -> store.purge(before));
    }
}
