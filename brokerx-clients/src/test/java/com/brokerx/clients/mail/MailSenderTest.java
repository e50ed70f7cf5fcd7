package com.brokerx.clients.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.Mails;
import com.brokerx.clients.secret.SecretBox;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.prometheus.client.CollectorRegistry;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mail server is a real one; it is up from the start unless a test stops it. */
class MailSenderTest {

    private static final Letter LETTER = Letter.about("Grüße").say("The code is 123456.");

    private static final Jdbi JDBI =
            TestDatabase.migrated("clients/migrations.xml").jdbi();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T12:00:00Z"));
    private final MailQueue queue = new MailQueue(new SecretBox(List.of("secret")), clock);
    private GreenMail server = started(ServerSetup.SMTP.dynamicPort());
    private final int port = server.getSmtp().getPort();
    private final MailSender sender = sender();

    private static GreenMail started(ServerSetup setup) {
        GreenMail server = new GreenMail(setup);
        server.start();
        return server;
    }

    private MailSender sender() {
        MailSettings settings = new MailSettings(
                "localhost",
                port,
                "BrokerX <no-reply@broker.example>",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new MailSender(JDBI, queue, settings, new MailMetrics(new CollectorRegistry(), JDBI), clock);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void add(String recipient) {
        JDBI.useTransaction(tx -> queue.add(tx, recipient, LETTER));
    }

    private Map<String, Object> row() {
        return JDBI.withHandle(
                handle -> handle.createQuery("SELECT * FROM mails").mapToMap().one());
    }

    private List<String> received() {
        return Arrays.stream(server.getReceivedMessages())
                .map(message -> recipient(message))
                .toList();
    }

    private static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void empty() {
        JDBI.useHandle(handle -> handle.execute("TRUNCATE mails CASCADE"));
    }

    @Test
    void sendsPlainTextAndHtml() throws Exception {
        add("ann@example.com");
        sender.sendDue();

        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Grüße");
        assertThat(message.getFrom()[0]).hasToString("BrokerX <no-reply@broker.example>");
        assertThat(message.getSentDate()).isEqualTo(clock.instant());
        assertThat(Mails.text(message)).contains("The code is 123456.");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("<p>The code is 123456.</p>");
    }

    @Test
    void keepsNoContentOnceAMailIsSent() {
        add("ann@example.com");
        assertThat(row().get("content")).isNotNull();
        sender.sendDue();

        assertThat(row().get("content")).isNull();
        assertThat(row().get("sent_at")).isNotNull();
        assertThat(sender.sendDue()).isZero();
    }

    @Test
    void triesAgainLaterWhenTheServerIsDown() {
        add("ann@example.com");
        server.stop();
        sender.sendDue();
        assertThat(row().get("last_error").toString()).contains("connect");
        assertThat(sender.sendDue()).as("not before two seconds").isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(sender.sendDue()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(sender.sendDue()).as("the second wait is longer").isZero();

        server = started(new ServerSetup(port, null, ServerSetup.PROTOCOL_SMTP));
        clock.advance(Duration.ofSeconds(2));
        sender.sendDue();

        assertThat(received()).containsExactly("ann@example.com");
        assertThat(row().get("last_error")).isNull();
    }

    @Test
    void sendsWhatAnotherSenderTookAndDiedWith() {
        add("ann@example.com");
        JDBI.useExtension(
                MailStore.class,
                store -> store.take(clock.instant(), clock.instant().plusSeconds(300), 10));
        assertThat(sender.sendDue()).isZero();

        clock.advance(Duration.ofMinutes(5));
        sender.sendDue();

        assertThat(received()).containsExactly("ann@example.com");
    }

    @Test
    void sendsEachMailOnceHoweverManySendersWork() {
        for (int i = 0; i < 60; i++) {
            add("client" + i + "@example.com");
        }
        AtOnce.times(4, () -> {
            MailSender one = sender();
            while (one.sendDue() > 0) {}
            return true;
        });

        assertThat(received()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void isNotHeldUpByAMailThatCannotBeSent() {
        add("no address");
        add("ann@example.com");
        sender.sendDue();

        assertThat(received()).containsExactly("ann@example.com");
    }

    @Test
    void sendsWhatExpiresFirstAndDropsWhatHasExpired() {
        JDBI.useTransaction(tx -> {
            queue.add(tx, "confirmation@example.com", LETTER);
            queue.add(tx, "late@example.com", LETTER, Duration.ofMinutes(1));
            queue.add(tx, "code@example.com", LETTER, Duration.ofMinutes(5));
            queue.add(tx, "link@example.com", LETTER, Duration.ofHours(24));
        });
        clock.advance(Duration.ofMinutes(2));
        sender.sendDue();

        assertThat(received()).containsExactly("code@example.com", "link@example.com", "confirmation@example.com");
        assertThat(JDBI.withExtension(MailStore.class, MailStore::waiting)).isZero();
    }

    @Test
    void givesUpAfterThreeDays() {
        add("ann@example.com");
        server.stop();
        clock.advance(Duration.ofDays(3).plusSeconds(1));
        sender.sendDue();

        assertThat(row().get("next_attempt_at")).isNull();
        assertThat(row().get("content")).isNull();
        assertThat(row().get("last_error")).isNotNull();
    }

    @Test
    void addsNoMailForAChangeThatWasRolledBack() {
        JDBI.useTransaction(tx -> {
            queue.add(tx, "ann@example.com", LETTER);
            tx.rollback();
        });

        assertThat(sender.sendDue()).isZero();
    }
}
