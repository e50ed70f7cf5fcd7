package com.brokerx.clients.password;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.account.Emails;
import com.brokerx.clients.mail.Letter;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.mfa.Challenges;
import com.brokerx.clients.proof.MailTokens;
import com.brokerx.clients.proof.Purpose;
import com.brokerx.clients.session.Device;
import com.brokerx.clients.session.EndReason;
import com.brokerx.clients.session.Sessions;
import com.brokerx.commons.auth.Caller;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Passwords changed by who knows the present one, or set anew by who reads the account's mail. */
public final class PasswordService {

    private final Jdbi jdbi;
    private final PasswordHasher hasher;
    private final PasswordGuard guard;
    private final Sessions sessions;
    private final Challenges challenges;
    private final MailTokens tokens;
    private final MailQueue mails;
    private final URI publicUrl;
    private final PasswordSettings settings;
    private final InstantSource clock;

    /** @param publicUrl where clients reach the API, for the links in mails */
    public PasswordService(
            Jdbi jdbi,
            PasswordHasher hasher,
            PasswordGuard guard,
            Sessions sessions,
            Challenges challenges,
            MailTokens tokens,
            MailQueue mails,
            URI publicUrl,
            PasswordSettings settings,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.hasher = hasher;
        this.guard = guard;
        this.sessions = sessions;
        this.challenges = challenges;
        this.tokens = tokens;
        this.mails = mails;
        this.publicUrl = publicUrl;
        this.settings = settings;
        this.clock = clock;
    }

    /** Changes the password and ends all sessions but the caller's; false where the present password is not right. */
    boolean change(Caller caller, Device device, String present, String next) {
        Account before = jdbi.withExtension(AccountStore.class, accounts -> accounts.find(caller.clientId()))
                .orElseThrow();
        boolean right = hasher.matches(present, Optional.of(before.passwordHash()));
        String hash = hasher.hash(next);
        boolean changed = jdbi.inTransaction(tx -> {
            Account account =
                    tx.attach(AccountStore.class).lock(caller.clientId()).orElseThrow();
            boolean stillRight = right && account.passwordHash().equals(before.passwordHash());
            if (!guard.admit(tx, account.email(), account.id(), device, stillRight)) {
                return false;
            }
            set(tx, account, hash, Optional.of(caller.sessionId()), EndReason.PASSWORD_CHANGED);
            return true;
        });
        mails.wake();
        return changed;
    }

    /** Mails a link, where there is an account and not too many links were asked for. Nobody is told whether it did. */
    void forgot(String email) {
        if (!Emails.isPossible(email)) {
            return;
        }
        jdbi.useTransaction(tx -> {
            AccountStore accounts = tx.attach(AccountStore.class);
            Optional<Account> account = accounts.findByEmail(email).flatMap(found -> accounts.lock(found.id()));
            account.filter(Account::isActive).ifPresent(active -> mailLink(tx, active));
        });
        mails.wake();
    }

    private void mailLink(Handle tx, Account account) {
        if (tokens.waitForNext(tx, account.id(), Purpose.RESET_PASSWORD, settings.resetsPerHour())
                .isPresent()) {
            return;
        }
        Duration lifetime = settings.resetLifetime().toJavaDuration();
        String token = tokens.issue(tx, account.id(), Purpose.RESET_PASSWORD, lifetime, true);
        Letter letter = Letter.about("Set a new password")
                .say("Hello " + account.name() + ", somebody asked for a new password for your account. If it was you:")
                .link("Set a new password", URI.create(publicUrl + "/api/v1/auth/reset_password?token=" + token))
                .say("The link works once, for " + lifetime.toMinutes()
                        + " minutes. If it was not you, do nothing; your password stays as it is.");
        mails.add(tx, account.email(), letter, lifetime);
    }

    /** Sets the password and ends all sessions; false where the token is not good. */
    boolean reset(String token, String password) {
        // Looked at first, so that bad tokens cost no hashing.
        if (jdbi.withHandle(handle -> tokens.owner(handle, token, Purpose.RESET_PASSWORD))
                .isEmpty()) {
            return false;
        }
        String hash = hasher.hash(password);
        boolean reset = jdbi.inTransaction(tx -> {
            Optional<Account> account = tokens.owner(tx, token, Purpose.RESET_PASSWORD)
                    .flatMap(tx.attach(AccountStore.class)::lock)
                    .filter(Account::isActive);
            if (account.isEmpty() || !tokens.use(tx, token, Purpose.RESET_PASSWORD)) {
                return false;
            }
            set(tx, account.get(), hash, Optional.empty(), EndReason.PASSWORD_RESET);
            return true;
        });
        mails.wake();
        return reset;
    }

    private void set(Handle tx, Account account, String hash, Optional<UUID> exceptSession, EndReason reason) {
        tx.attach(AccountStore.class).setPassword(account.id(), hash, clock.instant());
        sessions.endAll(tx, account.id(), exceptSession, reason);
        challenges.drop(tx, account.id());
        tokens.useAll(tx, account.id(), Purpose.RESET_PASSWORD);
        guard.clear(tx, account.email());
        mails.add(
                tx,
                account.email(),
                Letter.about("Your password was changed")
                        .say("Hello " + account.name() + ", the password of your account was changed just now.")
                        .say("If you did not do this, ask for a new password at once and tell us."));
    }
}
