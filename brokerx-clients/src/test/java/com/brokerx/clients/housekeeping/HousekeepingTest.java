package com.brokerx.clients.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.clients.password.GuardSettings;
import com.brokerx.clients.password.PasswordGuard;
import com.brokerx.clients.session.SessionSettings;
import com.brokerx.clients.session.Sessions;
import com.brokerx.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    private static final List<String> TABLES = List.of(
            "accounts", "sessions", "refresh_tokens", "mail_tokens", "login_challenges", "login_failures", "mails");

    private final ManualClock clock = new ManualClock(Instant.now());

    private static Map<String, Long> rows(RunningClients clients) {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(table, clients.jdbi().withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                    .mapTo(Long.class)
                    .one()));
        }
        return rows;
    }

    @Test
    void removesWhatIsOverAndKeepsAccountsAndLivingSessions() {
        try (RunningClients clients = RunningClients.start(clock)) {
            SignedIn client = clients.signedIn();
            clients.login(client.email(), "password124");
            clients.register(RunningClients.anyEmail());
            clients.mails().await(client.email(), 2);
            Map<String, Long> before = rows(clients);
            Housekeeping housekeeping = housekeeping(clients);

            clock.advance(Duration.ofHours(23));
            housekeeping.cleanUp();
            assertThat(rows(clients)).as("nothing is over yet").isEqualTo(before);

            clock.advance(Duration.ofDays(3));
            housekeeping.cleanUp();
            assertThat(rows(clients))
                    .containsEntry("accounts", 3L)
                    .containsEntry("sessions", 1L)
                    .containsEntry("mail_tokens", 0L)
                    .containsEntry("login_challenges", 0L)
                    .containsEntry("login_failures", 0L);

            clock.advance(Duration.ofDays(90));
            housekeeping.cleanUp();
            assertThat(rows(clients))
                    .as("the administrator and the verified client stay, the one who never verified does not")
                    .containsEntry("accounts", 2L)
                    .containsEntry("sessions", 0L)
                    .containsEntry("refresh_tokens", 0L)
                    .containsEntry("mails", 0L);
        }
    }

    private Housekeeping housekeeping(RunningClients clients) {
        Sessions sessions = new Sessions(clients.jdbi(), null, SessionSettings.DEFAULT, clock);
        return new Housekeeping(
                clients.jdbi(),
                sessions,
                new PasswordGuard(sessions, GuardSettings.DEFAULT, clock),
                Duration.ofDays(30),
                HousekeepingSettings.DEFAULT,
                clock);
    }
}
