package com.brokerx.clients;

import com.brokerx.clients.confirmation.Confirmations;
import com.brokerx.clients.confirmation.WebhookResource;
import com.brokerx.clients.housekeeping.Housekeeping;
import com.brokerx.clients.key.JwksResource;
import com.brokerx.clients.key.RotateKeysTask;
import com.brokerx.clients.key.SigningKeys;
import com.brokerx.clients.login.LoginResource;
import com.brokerx.clients.login.LoginService;
import com.brokerx.clients.mail.MailMetrics;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.mail.MailSender;
import com.brokerx.clients.mfa.Challenges;
import com.brokerx.clients.mfa.MfaResource;
import com.brokerx.clients.mfa.SignInMetrics;
import com.brokerx.clients.mfa.Totp;
import com.brokerx.clients.password.PasswordGuard;
import com.brokerx.clients.password.PasswordHasher;
import com.brokerx.clients.password.PasswordResource;
import com.brokerx.clients.password.PasswordRules;
import com.brokerx.clients.password.PasswordService;
import com.brokerx.clients.profile.FirstAdmin;
import com.brokerx.clients.profile.ProfileResource;
import com.brokerx.clients.profile.ProfileService;
import com.brokerx.clients.proof.MailTokens;
import com.brokerx.clients.registration.RegistrationResource;
import com.brokerx.clients.registration.RegistrationService;
import com.brokerx.clients.registration.VerificationResource;
import com.brokerx.clients.secret.SecretBox;
import com.brokerx.clients.session.AccessTokens;
import com.brokerx.clients.session.LocalClients;
import com.brokerx.clients.session.RevokedSessionsResource;
import com.brokerx.clients.session.SessionResource;
import com.brokerx.clients.session.Sessions;
import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.app.ServiceConfiguration;
import com.brokerx.commons.app.ServiceSettings;
import com.brokerx.commons.auth.TokenVerifier;
import com.brokerx.commons.database.Database;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.outbox.OutboxRelay;
import com.brokerx.commons.outbox.WebhookReceiver;
import com.brokerx.facades.clients.RemoteIdentity;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** All wiring of the clients service; the monolith holds it beside the other two. */
public final class ClientsBundle<C extends ServiceConfiguration> implements ConfiguredBundle<C> {

    private final Function<C, ClientsSettings> section;
    private final Foundation foundation;
    private TokenVerifier verifier;

    /** @param section finds this service's settings in the configuration */
    public ClientsBundle(Function<C, ClientsSettings> section, Foundation foundation) {
        this.section = section;
        this.foundation = foundation;
    }

    /** Knows the callers of this service, and in the monolith those of the others; there once the bundle has run. */
    public TokenVerifier verifier() {
        return verifier;
    }

    @Override
    public void run(C configuration, Environment environment) {
        ServiceSettings service = configuration.service();
        ClientsSettings settings = section.apply(configuration);
        settings.requireFitFor(service);
        InstantSource clock = foundation.clock();
        String addressHeader = settings.sessions().addressHeader();
        Duration tokenLifetime = settings.sessions().accessTokenLifetime().toJavaDuration();

        Jdbi jdbi = Database.open(
                environment, settings.database(), Optional.ofNullable(settings.databaseOwner()), "clients");
        SecretBox secrets = new SecretBox(settings.secrets());
        Outbox outbox = new Outbox(settings.outbox());
        MailQueue mails = new MailQueue(secrets, clock);
        MailTokens mailTokens = new MailTokens(clock);

        SigningKeys keys = new SigningKeys(jdbi, secrets, settings.keys(), tokenLifetime, clock);
        AccessTokens accessTokens = new AccessTokens(settings.tokens(), tokenLifetime, keys);
        Sessions sessions = new Sessions(jdbi, accessTokens, settings.sessions(), clock);
        LocalClients clients = new LocalClients(keys, sessions, clock);
        RemoteIdentity identity = new RemoteIdentity(clients, clock);
        verifier = new TokenVerifier(settings.tokens(), identity, identity, clock);

        PasswordHasher hasher = new PasswordHasher(settings.passwords());
        PasswordRules passwordRules = new PasswordRules(settings.passwords());
        PasswordGuard guard = new PasswordGuard(sessions, settings.passwords().guard(), clock);
        Totp totp = new Totp(jdbi, mails, secrets, settings.mfa(), clock);
        SignInMetrics signInMetrics = new SignInMetrics(foundation.metrics());
        Challenges challenges =
                new Challenges(jdbi, totp, sessions, mails, secrets, settings.mfa(), signInMetrics, clock);
        LoginService logins = new LoginService(jdbi, hasher, guard, challenges, mails, signInMetrics);
        PasswordService passwords = new PasswordService(
                jdbi,
                hasher,
                guard,
                sessions,
                challenges,
                mailTokens,
                mails,
                settings.publicUrl(),
                settings.passwords(),
                clock);
        RegistrationService registrations = new RegistrationService(
                jdbi, mailTokens, mails, outbox, settings.publicUrl(), settings.registration(), clock);
        ProfileService profiles = new ProfileService(jdbi, sessions, challenges, outbox, mails, clock);

        var lifecycle = environment.lifecycle();
        lifecycle.manage(keys);
        lifecycle.manage(identity);
        if (settings.admin().isWanted()) {
            lifecycle.manage(new FirstAdmin(jdbi, hasher, settings.admin(), clock));
        }
        lifecycle.manage(
                new OutboxRelay(jdbi, outbox, settings.outbox(), foundation.http(), service.internalToken(), clock));
        foundation.outboxes().watch("clients", jdbi, environment);
        lifecycle.manage(
                new MailSender(jdbi, mails, settings.mail(), new MailMetrics(foundation.metrics(), jdbi), clock));
        Housekeeping housekeeping = new Housekeeping(
                jdbi,
                sessions,
                guard,
                settings.registration().forgetUnverifiedAfter().toJavaDuration(),
                settings.housekeeping(),
                clock);
        lifecycle.manage(new RepeatedTask(
                "clients-housekeeping", settings.housekeeping().interval().toJavaDuration(), housekeeping::cleanUp));
        environment.admin().addTask(new RotateKeysTask(keys));

        boolean exposed = service.exposeSecrets();
        var jersey = environment.jersey();
        jersey.register(new RegistrationResource(
                registrations, passwordRules, hasher, new Idempotency(jdbi), secrets, mails, exposed));
        jersey.register(new VerificationResource(registrations, mails, outbox, exposed));
        jersey.register(new LoginResource(logins, addressHeader, Optional.ofNullable(settings.mailPage()), exposed));
        jersey.register(new MfaResource(challenges, totp, mails, addressHeader));
        jersey.register(new SessionResource(sessions));
        jersey.register(new PasswordResource(passwords, passwordRules, addressHeader));
        jersey.register(new ProfileResource(profiles));
        jersey.register(new JwksResource(keys));
        jersey.register(new RevokedSessionsResource(clients));
        jersey.register(new WebhookResource(
                new WebhookReceiver(jdbi, settings.webhooks(), clock, new Confirmations(mails)), mails));
    }
}
