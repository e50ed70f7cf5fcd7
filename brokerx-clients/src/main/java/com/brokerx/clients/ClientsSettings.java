package com.brokerx.clients;

import com.brokerx.clients.housekeeping.HousekeepingSettings;
import com.brokerx.clients.key.KeySettings;
import com.brokerx.clients.mail.MailSettings;
import com.brokerx.clients.mfa.MfaSettings;
import com.brokerx.clients.password.PasswordSettings;
import com.brokerx.clients.profile.AdminSettings;
import com.brokerx.clients.registration.RegistrationSettings;
import com.brokerx.clients.session.SessionSettings;
import com.brokerx.commons.app.ServiceSettings;
import com.brokerx.commons.auth.TokenSettings;
import com.brokerx.commons.database.DatabaseOwner;
import com.brokerx.commons.outbox.OutboxSettings;
import com.brokerx.commons.outbox.WebhookSettings;
import io.dropwizard.db.DataSourceFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;

/**
 * The section {@code clients:} of a configuration.
 *
 * @param databaseOwner who owns the tables, if that is not the database's user
 * @param secrets what seals stored secrets: the one in use, then earlier ones that still have to open
 * @param publicUrl where clients reach the API, for the links in mails
 * @param mailPage where mail can be read, told to who has not verified the address yet; only for development
 * @param tokens what access tokens say of themselves
 * @param admin the first administrator; none if left out
 */
public record ClientsSettings(
        @Valid @NotNull DataSourceFactory database,
        DatabaseOwner databaseOwner,
        @NotEmpty List<String> secrets,
        @NotNull URI publicUrl,
        URI mailPage,
        @Valid @NotNull TokenSettings tokens,
        @Valid KeySettings keys,
        @Valid SessionSettings sessions,
        @Valid PasswordSettings passwords,
        @Valid MfaSettings mfa,
        @Valid RegistrationSettings registration,
        @Valid @NotNull MailSettings mail,
        AdminSettings admin,
        @Valid @NotNull OutboxSettings outbox,
        @Valid @NotNull WebhookSettings webhooks,
        @Valid HousekeepingSettings housekeeping) {

    public ClientsSettings {
        keys = keys == null ? KeySettings.DEFAULT : keys;
        sessions = sessions == null ? SessionSettings.DEFAULT : sessions;
        passwords = passwords == null ? PasswordSettings.DEFAULT : passwords;
        mfa = mfa == null ? MfaSettings.DEFAULT : mfa;
        registration = registration == null ? RegistrationSettings.DEFAULT : registration;
        admin = admin == null ? AdminSettings.NONE : admin;
        housekeeping = housekeeping == null ? HousekeepingSettings.DEFAULT : housekeeping;
    }

    /** The settings of mail, with a sender in any case. */
    MailSettings outgoingMail() {
        return mail.orFrom("BrokerX <no-reply@" + publicUrl.getHost() + ">");
    }

    /** @throws IllegalStateException when production would start with something that is only good for development */
    void requireFitFor(ServiceSettings service) {
        secrets.forEach(secret -> service.requireOwnSecret("clients.secrets", secret));
        webhooks.secrets().forEach(secret -> service.requireOwnSecret("clients.webhooks.secrets", secret));
        outbox.requireOwnSecrets(service);
        if (admin.isWanted()) {
            service.requireOwnSecret("clients.admin.password", admin.password());
        }
        if (service.isProduction()) {
            passwords.weakness().ifPresent(weakness -> {
                throw new IllegalStateException("not fit for production: " + weakness);
            });
        }
    }
}
