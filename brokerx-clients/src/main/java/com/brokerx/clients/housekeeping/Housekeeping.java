package com.brokerx.clients.housekeeping;

import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.mfa.Challenges;
import com.brokerx.clients.password.PasswordGuard;
import com.brokerx.clients.proof.MailTokens;
import com.brokerx.clients.session.Sessions;
import com.brokerx.commons.outbox.Inbox;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is over: links, codes, sign-ins, notes of sent mail. Every instance does it; that does no harm. */
public final class Housekeeping implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final Jdbi jdbi;
    private final Sessions sessions;
    private final PasswordGuard guard;
    private final Duration forgetUnverifiedAfter;
    private final HousekeepingSettings settings;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("housekeeping").daemon().factory());
    private Future<?> cleaning;

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

    @Override
    public void start() {
        long interval = settings.interval().toMilliseconds();
        cleaning = timer.scheduleWithFixedDelay(this::cleanUpQuietly, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        cleaning.cancel(true);
        timer.shutdownNow();
    }

    private void cleanUpQuietly() {
        try {
            cleanUp();
        } catch (RuntimeException failed) {
            LOG.warn("housekeeping failed; it is done again later", failed);
        }
    }

    void cleanUp() {
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
