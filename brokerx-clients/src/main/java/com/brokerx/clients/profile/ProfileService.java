package com.brokerx.clients.profile;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStatus;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.mail.Letter;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.mfa.Challenges;
import com.brokerx.clients.session.EndReason;
import com.brokerx.clients.session.Sessions;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.facades.events.ClientClosed;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Accounts read and changed, by their owners and by administrators. */
public final class ProfileService {

    private final Jdbi jdbi;
    private final Sessions sessions;
    private final Challenges challenges;
    private final Outbox outbox;
    private final MailQueue mails;
    private final InstantSource clock;

    public ProfileService(
            Jdbi jdbi, Sessions sessions, Challenges challenges, Outbox outbox, MailQueue mails, InstantSource clock) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.challenges = challenges;
        this.outbox = outbox;
        this.mails = mails;
        this.clock = clock;
    }

    Optional<Account> find(UUID id) {
        return jdbi.withExtension(AccountStore.class, accounts -> accounts.find(id));
    }

    /** Newest first, one more than the page holds. */
    List<Account> list(Optional<String> email, Optional<AccountStatus> status, PageRequest page) {
        return jdbi.withExtension(
                AccountStore.class,
                accounts -> accounts.list(
                        email.orElse(null), status.orElse(null), page.beforeId().orElse(null), page.limitPlusOne()));
    }

    ProfileOutcome rename(UUID id, String name) {
        return change(id, (tx, account) -> {
            if (account.status() == AccountStatus.CLOSED) {
                return false;
            }
            tx.attach(AccountStore.class).rename(id, name, clock.instant());
            return true;
        });
    }

    /** Ends the account for ever: all sessions end, and the other services hear of it. Closing a closed account changes nothing. */
    ProfileOutcome close(UUID id) {
        return change(id, (tx, account) -> {
            if (account.status() != AccountStatus.CLOSED) {
                bar(tx, account, AccountStatus.CLOSED, EndReason.CLOSED);
                outbox.append(tx, new ClientClosed(id));
                mails.add(
                        tx,
                        account.email(),
                        Letter.about("Your account is closed")
                                .say("Hello " + account.name() + ", your BrokerX account is closed. Thank you."));
            }
            return true;
        });
    }

    /** Bars an active account; a suspended one stays as it is. */
    ProfileOutcome suspend(UUID id) {
        return change(id, (tx, account) -> switch (account.status()) {
            case ACTIVE -> {
                bar(tx, account, AccountStatus.SUSPENDED, EndReason.SUSPENDED);
                yield true;
            }
            case SUSPENDED -> true;
            case PENDING, CLOSED -> false;
        });
    }

    ProfileOutcome reactivate(UUID id) {
        return change(id, (tx, account) -> switch (account.status()) {
            case SUSPENDED -> {
                tx.attach(AccountStore.class).setStatus(id, AccountStatus.ACTIVE, clock.instant());
                yield true;
            }
            case ACTIVE -> true;
            case PENDING, CLOSED -> false;
        });
    }

    private void bar(Handle tx, Account account, AccountStatus status, EndReason reason) {
        tx.attach(AccountStore.class).setStatus(account.id(), status, clock.instant());
        sessions.endAll(tx, account.id(), Optional.empty(), reason);
        challenges.drop(tx, account.id());
    }

    /** @param work changes the locked account, or says that its status does not allow it */
    private ProfileOutcome change(UUID id, BiFunction<Handle, Account, Boolean> work) {
        ProfileOutcome outcome = jdbi.inTransaction(tx -> {
            AccountStore accounts = tx.attach(AccountStore.class);
            Optional<Account> account = accounts.lock(id);
            if (account.isEmpty()) {
                return new ProfileOutcome.Unknown();
            }
            return work.apply(tx, account.get())
                    ? new ProfileOutcome.Done(accounts.find(id).orElseThrow().toClient())
                    : new ProfileOutcome.WrongState(account.get().status());
        });
        outbox.wake();
        mails.wake();
        return outcome;
    }
}
