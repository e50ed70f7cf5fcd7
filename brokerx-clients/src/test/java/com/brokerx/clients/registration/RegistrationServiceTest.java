package com.brokerx.clients.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.proof.MailTokens;
import com.brokerx.clients.registration.RegistrationOutcome.Registered;
import com.brokerx.clients.secret.SecretBox;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.outbox.OutboxSettings;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What depends on time, and what other services are told. */
class RegistrationServiceTest {

    private static final Jdbi JDBI =
            TestDatabase.migrated("clients/migrations.xml").jdbi();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T12:00:00Z"));
    private final Outbox outbox = new Outbox(new OutboxSettings(
            List.of(new OutboxSettings.Subscriber(
                    "portfolios",
                    URI.create("http://localhost:9"),
                    List.of("secret"),
                    Set.of("client.email_verified", "client.closed"))),
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    private final RegistrationService service = new RegistrationService(
            JDBI,
            new MailTokens(clock),
            new MailQueue(new SecretBox(List.of("secret")), clock),
            outbox,
            URI.create("https://broker.example"),
            RegistrationSettings.DEFAULT,
            clock);

    private Registered register() {
        return (Registered) JDBI.inTransaction(tx -> service.register(tx, "Ann", "ann@example.com", "hash"));
    }

    private List<String> events() {
        return JDBI.withHandle(handle -> handle.createQuery("SELECT type || ' ' || aggregate FROM outbox")
                .mapTo(String.class)
                .list());
    }

    @BeforeEach
    void empty() {
        JDBI.useHandle(handle -> handle.execute("TRUNCATE accounts, mails, outbox CASCADE"));
    }

    @Test
    void takesALinkForADay() {
        Registered registered = register();
        clock.advance(Duration.ofHours(24).minusMillis(1));

        assertThat(service.verify(registered.client().id(), registered.verificationToken()))
                .isInstanceOf(RegistrationOutcome.Verified.class);
    }

    @Test
    void takesNoLinkAfterADay() {
        Registered registered = register();
        clock.advance(Duration.ofHours(24));

        assertThat(service.verify(registered.client().id(), registered.verificationToken()))
                .isEqualTo(new RegistrationOutcome.NotValid());
    }

    @Test
    void tellsPortfoliosOnceThatTheAddressIsVerified() {
        Registered registered = register();
        assertThat(events()).isEmpty();

        service.verify(registered.client().id(), registered.verificationToken());
        service.verify(registered.client().id(), registered.verificationToken());

        assertThat(events())
                .containsExactly("client.email_verified " + registered.client().id());
    }

    @Test
    void mailsFurtherLinksAgainAfterAnHour() {
        Registered registered = register();
        for (int i = 0; i < 3; i++) {
            assertThat(service.resend(registered.client().id())).isInstanceOf(RegistrationOutcome.Resent.class);
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(service.resend(registered.client().id()))
                .isEqualTo(new RegistrationOutcome.TooMany(Duration.ofMinutes(30)));
        clock.advance(Duration.ofMinutes(30));
        assertThat(service.resend(registered.client().id())).isInstanceOf(RegistrationOutcome.Resent.class);
        assertThat(service.resend(registered.client().id())).isInstanceOf(RegistrationOutcome.TooMany.class);
    }

    @Test
    void storesNoTokenThatOpensAnything() {
        Registered registered = register();

        String tables = JDBI.withHandle(
                handle -> handle.createQuery("""
                        SELECT (SELECT string_agg(t::text, ' ') FROM mail_tokens t)
                            || (SELECT string_agg(encode(content, 'escape'), ' ') FROM mails)""").mapTo(String.class).one());

        assertThat(tables).isNotBlank().doesNotContain(registered.verificationToken());
    }
}
