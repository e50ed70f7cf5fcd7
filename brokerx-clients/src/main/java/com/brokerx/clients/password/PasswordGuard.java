package com.brokerx.clients.password;

import com.brokerx.clients.secret.Tokens;
import com.brokerx.clients.session.Device;
import com.brokerx.clients.session.Sessions;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Slows guessing down. After some wrong passwords in a row no password is right for a while, and each further wrong one doubles
 * that while. A stranger must not be able to lock the owner out: network addresses where the account has signed in before are
 * counted each on their own, all others together.
 */
public final class PasswordGuard {

    private static final String STRANGERS = "*";

    private final Sessions sessions;
    private final GuardSettings settings;
    private final InstantSource clock;

    public PasswordGuard(Sessions sessions, GuardSettings settings, InstantSource clock) {
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Whether a password given now counts as right, and counts it. Takes the same path for an address without an account.
     *
     * @param accountId any id where there is no account
     * @param right whether the password is the account's
     */
    public boolean admit(Handle tx, String email, UUID accountId, Device device, boolean right) {
        GuardStore store = tx.attach(GuardStore.class);
        byte[] hash = Tokens.hash(email.toLowerCase(Locale.ROOT));
        String source = sessions.isFamiliar(tx, accountId, device.address()) ? device.address() : STRANGERS;
        if (right && !store.isBlocked(hash, source, clock.instant())) {
            store.clear(hash, source);
            return true;
        }
        store.fail(
                hash,
                source,
                clock.instant(),
                settings.slowDownAfter(),
                settings.firstDelay().toMilliseconds() / 1000.0,
                settings.longestDelay().toMilliseconds() / 1000.0);
        return false;
    }

    /** Forgets all wrong passwords, because the owner has set a new one. */
    public void clear(Handle tx, String email) {
        tx.attach(GuardStore.class).clearAll(Tokens.hash(email.toLowerCase(Locale.ROOT)));
    }

    /** Forgets wrong passwords that are long past. */
    public int purge(Handle tx) {
        return tx.attach(GuardStore.class)
                .purge(clock.instant().minus(settings.forgetAfter().toJavaDuration()));
    }
}
