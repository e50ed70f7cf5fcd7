package com.brokerx.clients.registration;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStatus;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.mail.Letter;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.proof.MailTokens;
import com.brokerx.clients.proof.Purpose;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.facades.events.ClientEmailVerified;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Accounts from the first form to the verified e-mail address. */
public final class RegistrationService {

    private final Jdbi jdbi;
    private final MailTokens tokens;
    private final MailQueue mails;
    private final Outbox outbox;
    private final URI publicUrl;
    private final RegistrationSettings settings;
    private final InstantSource clock;

    /** @param publicUrl where clients reach the API, for the links in mails */
    public RegistrationService(
            Jdbi jdbi,
            MailTokens tokens,
            MailQueue mails,
            Outbox outbox,
            URI publicUrl,
            RegistrationSettings settings,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.tokens = tokens;
        this.mails = mails;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes the account and mails the link, in the transaction of the caller, who keeps the idempotency key in it. */
    RegistrationOutcome.OfRegister register(Handle tx, String name, String email, String passwordHash) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Account account = new Account(
                Ids.next(), email, name, AccountStatus.PENDING, false, false, passwordHash, List.of(), now, now);
        if (tx.attach(AccountStore.class).insert(account) == 0) {
            return new RegistrationOutcome.EmailTaken();
        }
        return new RegistrationOutcome.Registered(account.toClient(), mailLink(tx, account, false));
    }

    RegistrationOutcome.OfVerify verify(UUID accountId, String token) {
        return jdbi.inTransaction(tx -> {
            AccountStore accounts = tx.attach(AccountStore.class);
            Optional<Account> account = tokens.owner(tx, token, Purpose.VERIFY_EMAIL)
                    .filter(accountId::equals)
                    .flatMap(accounts::lock)
                    .filter(pending -> pending.status() == AccountStatus.PENDING);
            if (account.isEmpty() || !tokens.use(tx, token, Purpose.VERIFY_EMAIL)) {
                return new RegistrationOutcome.NotValid();
            }
            tokens.useAll(tx, accountId, Purpose.VERIFY_EMAIL);
            accounts.verifyEmail(accountId, clock.instant());
            outbox.append(tx, new ClientEmailVerified(accountId));
            return new RegistrationOutcome.Verified(
                    accounts.find(accountId).orElseThrow().toClient());
        });
    }

    RegistrationOutcome.OfResend resend(UUID accountId) {
        return jdbi.inTransaction(tx -> {
            Optional<Account> account = tx.attach(AccountStore.class)
                    .lock(accountId)
                    .filter(known -> known.status() != AccountStatus.CLOSED);
            if (account.isEmpty()) {
                return new RegistrationOutcome.UnknownAccount();
            }
            if (account.get().emailVerified()) {
                return new RegistrationOutcome.AlreadyVerified();
            }
            Optional<Duration> wait =
                    tokens.waitForNext(tx, accountId, Purpose.VERIFY_EMAIL, settings.resendsPerHour());
            return wait.isPresent()
                    ? new RegistrationOutcome.TooMany(wait.get())
                    : new RegistrationOutcome.Resent(mailLink(tx, account.get(), true));
        });
    }

    private String mailLink(Handle tx, Account account, boolean onRequest) {
        Duration lifetime = settings.linkLifetime().toJavaDuration();
        String token = tokens.issue(tx, account.id(), Purpose.VERIFY_EMAIL, lifetime, onRequest);
        URI link = URI.create(publicUrl + "/api/v1/clients/" + account.id() + "/verify_email?token=" + token);
        Letter letter = Letter.about("Verify your e-mail address")
                .say("Welcome to BrokerX, " + account.name() + ". Please show that this address is yours:")
                .link("Verify the address", link)
                .say("The link works once, for " + lifetime.toHours()
                        + " hours. If you did not register, do nothing; the account stays shut.");
        mails.add(tx, account.email(), letter, lifetime);
        return token;
    }
}
