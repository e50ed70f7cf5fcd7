package com.brokerx.clients.mfa;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.mail.Letter;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.secret.SecretBox;
import com.brokerx.clients.secret.Tokens;
import com.brokerx.clients.session.Device;
import com.brokerx.clients.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The second step of signing in. After the right password a challenge is open for some minutes; it is met with the code that was
 * mailed, or with an authenticator app where one is set up.
 */
public final class Challenges {

    private static final String CODE = "mfa code";
    private static final Duration COUNTED_OVER = Duration.ofHours(1);

    /**
     * A sign-in that waits for its code.
     *
     * @param methods what may be sent as code
     * @param mailedCode the code itself where it was mailed, for development
     */
    public record Opened(String sessionToken, List<String> methods, Optional<String> mailedCode) {}

    private final Jdbi jdbi;
    private final Totp totp;
    private final Sessions sessions;
    private final MailQueue mails;
    private final SecretBox secrets;
    private final MfaSettings settings;
    private final SignInMetrics metrics;
    private final InstantSource clock;

    public Challenges(
            Jdbi jdbi,
            Totp totp,
            Sessions sessions,
            MailQueue mails,
            SecretBox secrets,
            MfaSettings settings,
            SignInMetrics metrics,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.totp = totp;
        this.sessions = sessions;
        this.mails = mails;
        this.secrets = secrets;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    public Opened open(Handle tx, Account account) {
        return account.mfaEnabled() ? openForApp(tx, account) : openByMail(tx, account);
    }

    private Opened openForApp(Handle tx, Account account) {
        String sessionToken = Tokens.next();
        insert(tx, account, sessionToken, null);
        return new Opened(sessionToken, List.of("totp", "recovery_code"), Optional.empty());
    }

    private Opened openByMail(Handle tx, Account account) {
        String sessionToken = Tokens.next();
        String code = Tokens.code();
        insert(tx, account, sessionToken, secrets.fingerprint(CODE, sessionToken + code));
        Duration lifetime = settings.codeLifetime().toJavaDuration();
        Letter letter = Letter.about("Your sign-in code")
                .say("Hello " + account.name()
                        + ", somebody who knows your password is signing in. If it is you, this is the code:")
                .code(code)
                .say("It works once, for " + lifetime.toMinutes()
                        + " minutes. If it is not you, change your password; nobody gets in without this code.");
        mails.add(tx, account.email(), letter, lifetime);
        return new Opened(sessionToken, List.of("email"), Optional.of(code));
    }

    private void insert(Handle tx, Account account, String sessionToken, byte[] codeHash) {
        Instant now = clock.instant();
        Instant end = now.plus(settings.codeLifetime().toJavaDuration());
        tx.attach(ChallengeStore.class).insert(Tokens.hash(sessionToken), account.id(), codeHash, now, end);
    }

    /**
     * Whether the account has had too many wrong codes of late: a stranger with the password might otherwise go on signing in
     * until a guess fits.
     */
    public boolean hasTooManyWrongCodes(Handle tx, UUID accountId) {
        Instant since = clock.instant().minus(COUNTED_OVER);
        return tx.attach(ChallengeStore.class).wrongCodesSince(accountId, since) >= settings.wrongCodesPerHour();
    }

    MfaOutcome verify(String sessionToken, String code, Device device) {
        MfaOutcome outcome = judge(sessionToken, code, device);
        metrics.count(SignInMetrics.Step.CODE, outcome instanceof MfaOutcome.SignedIn);
        return outcome;
    }

    private MfaOutcome judge(String sessionToken, String code, Device device) {
        byte[] hash = Tokens.hash(sessionToken);
        return jdbi.inTransaction(tx -> {
            ChallengeStore store = tx.attach(ChallengeStore.class);
            Optional<Account> account = store.owner(hash).flatMap(tx.attach(AccountStore.class)::share);
            Optional<ChallengeStore.Challenge> challenge = store.tryOnce(hash, settings.codeTries(), clock.instant());
            if (account.isEmpty() || challenge.isEmpty() || !account.get().isActive()) {
                return new MfaOutcome.Failed();
            }
            if (!isRight(tx, challenge.get(), sessionToken, code)) {
                return new MfaOutcome.Failed();
            }
            store.consume(hash, clock.instant());
            return new MfaOutcome.SignedIn(
                    sessions.open(tx, account.get(), device), account.get().toClient());
        });
    }

    private boolean isRight(Handle tx, ChallengeStore.Challenge challenge, String sessionToken, String code) {
        return challenge.isByMail()
                ? secrets.matches(CODE, sessionToken + code, challenge.codeHash())
                : totp.accept(tx, challenge.accountId(), code);
    }

    /** Ends all sign-ins of an account that wait for their code. */
    public void drop(Handle tx, UUID accountId) {
        tx.attach(ChallengeStore.class).drop(accountId);
    }

    /** Forgets sign-ins that began before {@code before}. */
    public static int purge(Jdbi jdbi, Instant before) {
        return jdbi.withExtension(ChallengeStore.class, store -> store.purge(before));
    }
}
