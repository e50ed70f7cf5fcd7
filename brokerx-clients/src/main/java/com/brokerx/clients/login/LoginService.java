package com.brokerx.clients.login;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.account.Emails;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.mfa.Challenges;
import com.brokerx.clients.mfa.SignInMetrics;
import com.brokerx.clients.password.PasswordGuard;
import com.brokerx.clients.password.PasswordHasher;
import com.brokerx.clients.session.Device;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The first step of signing in. An address without an account, a wrong password and an account that is slowed down get the same
 * answer by the same path: the same queries, one password computation, one commit.
 */
public final class LoginService {

    /** Stands in for the account where there is none. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final Jdbi jdbi;
    private final PasswordHasher hasher;
    private final PasswordGuard guard;
    private final Challenges challenges;
    private final MailQueue mails;
    private final SignInMetrics metrics;

    public LoginService(
            Jdbi jdbi,
            PasswordHasher hasher,
            PasswordGuard guard,
            Challenges challenges,
            MailQueue mails,
            SignInMetrics metrics) {
        this.jdbi = jdbi;
        this.hasher = hasher;
        this.guard = guard;
        this.challenges = challenges;
        this.mails = mails;
        this.metrics = metrics;
    }

    LoginOutcome login(String email, String password, Device device) {
        Optional<Account> known = Emails.isPossible(email)
                ? jdbi.withExtension(AccountStore.class, s -> s.findByEmail(email))
                : Optional.empty();
        Optional<String> hash = known.map(Account::passwordHash);
        boolean right = hasher.matches(password, hash);
        Optional<LoginOutcome> outcome = jdbi.inTransaction(tx -> {
            Optional<Account> account =
                    tx.attach(AccountStore.class).share(known.map(Account::id).orElse(NOBODY));
            return account.map(Account::passwordHash).equals(hash)
                    ? Optional.of(decide(tx, email, account, right, device))
                    : Optional.empty();
        });
        if (outcome.isEmpty()) {
            // The password was changed while it was being checked.
            return login(email, password, device);
        }
        if (right) {
            mails.wake();
            hash.filter(hasher::isOutdated).ifPresent(old -> rehash(known.get().id(), old, password));
        }
        metrics.count(SignInMetrics.Step.PASSWORD, outcome.get() instanceof LoginOutcome.MfaRequired);
        return outcome.get();
    }

    private LoginOutcome decide(Handle tx, String email, Optional<Account> account, boolean right, Device device) {
        UUID id = account.map(Account::id).orElse(NOBODY);
        if (!guard.admit(tx, email, id, device, right) || account.isEmpty()) {
            return new LoginOutcome.BadCredentials();
        }
        return switch (account.get().status()) {
            case ACTIVE ->
                challenges.hasTooManyWrongCodes(tx, id)
                        ? new LoginOutcome.TooManyWrongCodes()
                        : new LoginOutcome.MfaRequired(challenges.open(tx, account.get()));
            case PENDING -> new LoginOutcome.EmailNotVerified();
            case SUSPENDED -> new LoginOutcome.Suspended();
            case CLOSED -> new LoginOutcome.BadCredentials();
        };
    }

    /** The password is at hand now, so its hash can follow newer parameters. */
    private void rehash(UUID id, String older, String password) {
        String newer = hasher.hash(password);
        jdbi.useExtension(AccountStore.class, store -> store.rehash(id, older, newer));
    }
}
