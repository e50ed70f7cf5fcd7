package com.brokerx.clients.mfa;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.mail.Letter;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.secret.SecretBox;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Authenticator apps: set up with a secret, confirmed with a first code, asked at each sign-in from then on. */
public final class Totp {

    private static final String SEALED_AS = "totp";

    private final Jdbi jdbi;
    private final RecoveryCodes recoveryCodes;
    private final MailQueue mails;
    private final SecretBox secrets;
    private final MfaSettings settings;
    private final InstantSource clock;

    public Totp(Jdbi jdbi, MailQueue mails, SecretBox secrets, MfaSettings settings, InstantSource clock) {
        this.jdbi = jdbi;
        this.recoveryCodes = new RecoveryCodes(secrets, clock);
        this.mails = mails;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes a secret. It is asked for once it is {@link #confirm confirmed}; until then it can be made anew. */
    TotpOutcome.OfBegin begin(UUID accountId) {
        byte[] secret = TotpCodes.newSecret();
        return jdbi.inTransaction(tx -> {
            Account account = tx.attach(AccountStore.class).lock(accountId).orElseThrow();
            if (account.mfaEnabled()) {
                return new TotpOutcome.AlreadyEnabled();
            }
            tx.attach(TotpStore.class).begin(accountId, secrets.seal(SEALED_AS, secret), clock.instant());
            URI uri = TotpCodes.uri(settings.issuer(), account.email(), secret);
            return new TotpOutcome.Begun(TotpCodes.base32(secret), uri.toString(), QrImage.dataUri(uri.toString()));
        });
    }

    /** A right code shows that the app has the secret; signing in asks for it from now on. */
    TotpOutcome.OfConfirm confirm(UUID accountId, String code) {
        return jdbi.inTransaction(tx -> {
            Account account = tx.attach(AccountStore.class).lock(accountId).orElseThrow();
            Optional<TotpStore.Enrolment> enrolment = tx.attach(TotpStore.class).find(accountId);
            if (account.mfaEnabled()) {
                return new TotpOutcome.AlreadyEnabled();
            }
            if (enrolment.isEmpty()) {
                return new TotpOutcome.NotStarted();
            }
            if (!useCode(tx, accountId, enrolment.get(), code)) {
                return new TotpOutcome.WrongCode();
            }
            return new TotpOutcome.Confirmed(enable(tx, account));
        });
    }

    private List<String> enable(Handle tx, Account account) {
        tx.attach(TotpStore.class).confirm(account.id(), clock.instant());
        tx.attach(ChallengeStore.class).drop(account.id());
        tx.attach(AccountStore.class).setMfaEnabled(account.id(), true, clock.instant());
        mails.add(
                tx,
                account.email(),
                Letter.about("An authenticator app was set up")
                        .say("Hello " + account.name() + ", from now on signing in asks for a code of your app.")
                        .say("If you did not do this, set a new password at once and tell us."));
        return recoveryCodes.renew(tx, account.id());
    }

    /** Removes the app; signing in mails codes again. False where there is none. */
    boolean remove(UUID accountId) {
        return jdbi.inTransaction(tx -> {
            Account account = tx.attach(AccountStore.class).lock(accountId).orElseThrow();
            TotpStore store = tx.attach(TotpStore.class);
            if (store.remove(accountId) == 0) {
                return false;
            }
            store.removeRecoveryCodes(accountId);
            if (account.mfaEnabled()) {
                disable(tx, account);
            }
            return true;
        });
    }

    private void disable(Handle tx, Account account) {
        tx.attach(ChallengeStore.class).drop(account.id());
        tx.attach(AccountStore.class).setMfaEnabled(account.id(), false, clock.instant());
        mails.add(
                tx,
                account.email(),
                Letter.about("The authenticator app was removed")
                        .say("Hello " + account.name() + ", from now on we mail you a code when you sign in.")
                        .say("If you did not do this, set a new password at once and tell us."));
    }

    /** Whether this is a code of the account's app, or one of its recovery codes; either is used up. */
    boolean accept(Handle tx, UUID accountId, String code) {
        return tx.attach(TotpStore.class)
                .find(accountId)
                .filter(TotpStore.Enrolment::isConfirmed)
                .map(enrolment -> useCode(tx, accountId, enrolment, code) || recoveryCodes.use(tx, accountId, code))
                .orElse(false);
    }

    private boolean useCode(Handle tx, UUID accountId, TotpStore.Enrolment enrolment, String code) {
        byte[] secret = secrets.open(SEALED_AS, enrolment.secret());
        OptionalLong step = TotpCodes.stepOf(secret, code.replace(" ", ""), clock.instant());
        return step.isPresent() && tx.attach(TotpStore.class).useStep(accountId, step.getAsLong()) == 1;
    }
}
