package com.brokerx.clients.mail;

import io.dropwizard.lifecycle.Managed;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what stands in the {@link MailQueue}; several instances may. No transaction is open during the conversation with the mail
 * server, so a crash between the server's "accepted" and our own note of it sends a mail a second time, and never loses one.
 */
public final class MailSender implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);
    private static final int BATCH = 20;
    private static final Duration CLAIM = Duration.ofMinutes(5);

    private final Jdbi jdbi;
    private final MailQueue queue;
    private final MailSettings settings;
    private final Smtp smtp;
    private final MailMetrics metrics;
    private final InstantSource clock;
    private final Semaphore bell = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    public MailSender(Jdbi jdbi, MailQueue queue, MailSettings settings, MailMetrics metrics, InstantSource clock) {
        this.jdbi = jdbi;
        this.queue = queue;
        this.settings = settings;
        this.smtp = new Smtp(settings);
        this.metrics = metrics;
        this.clock = clock;
        queue.onWake(bell::release);
    }

    @Override
    public void start() {
        running = true;
        for (int i = 0; i < settings.senders(); i++) {
            threads.add(Thread.ofPlatform().name("mail-" + i).daemon().start(this::sendUntilStopped));
        }
    }

    @Override
    public void stop() throws InterruptedException {
        running = false;
        bell.release(settings.senders());
        for (Thread thread : threads) {
            thread.join(settings.deadline().toJavaDuration());
        }
    }

    private void sendUntilStopped() {
        while (running) {
            try {
                if (sendDue() < BATCH) {
                    rest();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failed) {
                LOG.warn("the mail queue could not be worked on; trying again", failed);
                pause();
            }
        }
    }

    private void rest() throws InterruptedException {
        if (bell.tryAcquire(settings.pollInterval().toMilliseconds(), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    /** Waits out the poll interval without listening to the bell: trouble is not to be hurried. */
    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(settings.pollInterval().toMilliseconds());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a batch of what is due and says how many mails it took up; tests drive the sender with it. */
    int sendDue() {
        Instant now = clock.instant();
        List<MailStore.Row> due = jdbi.inTransaction(tx -> {
            MailStore store = tx.attach(MailStore.class);
            store.dropExpired(now);
            return store.take(now, now.plus(CLAIM), BATCH);
        });
        if (!due.isEmpty()) {
            send(due);
        }
        return due.size();
    }

    private void send(List<MailStore.Row> due) {
        Deque<MailStore.Row> left = new ArrayDeque<>(due);
        try (Transport transport = smtp.connect()) {
            while (!left.isEmpty()) {
                send(transport, left.peek());
                left.remove();
            }
        } catch (MessagingException down) {
            LOG.warn("the mail server {}:{} cannot be used: {}", settings.host(), settings.port(), down.toString());
            left.forEach(mail -> failed(mail, down));
        }
    }

    private void send(Transport transport, MailStore.Row mail) throws MessagingException {
        try {
            MailQueue.Content content = queue.open(mail);
            smtp.send(transport, mail.id().toString(), mail.recipient(), mail.subject(), content, mail.createdAt());
        } catch (SendFailedException | AddressException | IllegalStateException refused) {
            LOG.warn("mail {} could not be sent: {}", mail.id(), refused.toString());
            failed(mail, refused);
            return;
        }
        jdbi.useExtension(MailStore.class, store -> store.sent(mail.id(), clock.instant()));
        metrics.sent(Duration.between(mail.createdAt(), clock.instant()));
    }

    private void failed(MailStore.Row mail, Exception reason) {
        metrics.failed();
        Instant now = clock.instant();
        boolean tooOld =
                now.isAfter(mail.createdAt().plus(settings.giveUpAfter().toJavaDuration()));
        jdbi.useExtension(MailStore.class, store -> {
            if (tooOld) {
                store.giveUp(mail.id(), reason.toString());
            } else {
                store.retry(mail.id(), now.plus(backoff(mail.attempts())), reason.toString());
            }
        });
    }

    private Duration backoff(int attempts) {
        long first = settings.firstRetry().toMilliseconds();
        return Duration.ofMillis(
                Math.min(settings.longestRetry().toMilliseconds(), first << Math.min(attempts - 1, 20)));
    }
}
