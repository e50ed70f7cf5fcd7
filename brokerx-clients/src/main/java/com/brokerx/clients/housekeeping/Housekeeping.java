package com.brokerx.clients.housekeeping;

import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.mfa.Challenges;
import com.brokerx.clients.password.PasswordGuard;
import com.brokerx.clients.proof.MailTokens;
import com.brokerx.clients.session.Sessions;
import com.brokerx.commons.outbox.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is over: links, codes, sign-ins, notes of sent mail. Every instance does it; that does no harm. */
public final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final Jdbi jdbi;
    private final Sessions sessions;
    private final PasswordGuard guard;
    private final Duration forgetUnverifiedAfter;
    private final HousekeepingSettings settings;
    private final InstantSource clock;

    public Housekeeping(
            Jdbi jdbi,
            Sessions sessions,
            PasswordGuard guard,
            Duration forgetUnverifiedAfter,
            HousekeepingSettings settings,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.guard = guard;
        this.forgetUnverifiedAfter = forgetUnverifiedAfter;
        this.settings = settings;
        this.clock = clock;
    }

    public void cleanUp() {
        Instant now = clock.instant();
        int removed = sessions.purge(settings.sessions().toJavaDuration())
                + MailTokens.purge(jdbi, now.minus(settings.tokens().toJavaDuration()))
                + Challenges.purge(jdbi, now.minus(settings.tokens().toJavaDuration()))
                + MailQueue.purge(jdbi, now.minus(settings.mails().toJavaDuration()))
                + jdbi.inTransaction(guard::purge)
                + jdbi.inTransaction(
                        tx -> Inbox.purge(tx, Math.toIntExact(settings.inbox().toDays())))
                + jdbi.withExtension(
                        AccountStore.class, accounts -> accounts.purgePending(now.minus(forgetUnverifiedAfter)));
        LOG.debug("removed {} rows that were over", removed);
    }
}
