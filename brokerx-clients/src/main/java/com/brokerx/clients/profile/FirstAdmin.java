package com.brokerx.clients.profile;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStatus;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.password.PasswordHasher;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.id.Ids;
import io.dropwizard.lifecycle.Managed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the configured administrator, since somebody has to be the first. */
public final class FirstAdmin implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);

    private final Jdbi jdbi;
    private final PasswordHasher hasher;
    private final AdminSettings settings;
    private final InstantSource clock;

    public FirstAdmin(Jdbi jdbi, PasswordHasher hasher, AdminSettings settings, InstantSource clock) {
        this.jdbi = jdbi;
        this.hasher = hasher;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        boolean exists = jdbi.withExtension(AccountStore.class, accounts -> accounts.findByEmail(settings.email()))
                .isPresent();
        if (!exists && make()) {
            LOG.info("made the administrator {}", settings.email());
        }
    }

    /** False when another instance was quicker. */
    private boolean make() {
        Instant now = clock.instant();
        Account admin = new Account(
                Ids.next(),
                settings.email(),
                settings.name(),
                AccountStatus.ACTIVE,
                true,
                false,
                hasher.hash(settings.password()),
                List.of(Caller.ADMIN),
                now,
                now);
        return jdbi.withExtension(AccountStore.class, accounts -> accounts.insert(admin)) == 1;
    }
}
