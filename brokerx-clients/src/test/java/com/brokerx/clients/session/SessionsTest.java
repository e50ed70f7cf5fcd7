package com.brokerx.clients.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStatus;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.key.KeySettings;
import com.brokerx.clients.key.SigningKeys;
import com.brokerx.clients.secret.SecretBox;
import com.brokerx.clients.session.RefreshOutcome.NotValid;
import com.brokerx.clients.session.RefreshOutcome.Refreshed;
import com.brokerx.clients.session.RefreshOutcome.Reused;
import com.brokerx.commons.auth.TokenSettings;
import com.brokerx.commons.id.Ids;
import com.brokerx.facades.clients.ClientsFacade.RevokedSession;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a session: 15 minutes a token, 10 s of grace, 30 days without use, 90 days at most. */
class SessionsTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final Device DEVICE = new Device("192.0.2.1", "browser");

    private static final Jdbi JDBI =
            TestDatabase.migrated("clients/migrations.xml").jdbi();
    private final ManualClock clock = new ManualClock(START);
    private final SigningKeys keys =
            new SigningKeys(JDBI, new SecretBox(List.of("secret")), KeySettings.DEFAULT, Duration.ofMinutes(15), clock);
    private final AccessTokens accessTokens =
            new AccessTokens(new TokenSettings("brokerx", "brokerx-api", null), Duration.ofMinutes(15), keys);
    private final Sessions sessions = new Sessions(JDBI, accessTokens, SessionSettings.DEFAULT, clock);
    private final Account account = new Account(
            Ids.next(), "ann@example.com", "Ann", AccountStatus.ACTIVE, true, false, "hash", List.of(), START, START);

    @BeforeEach
    void start() {
        JDBI.useHandle(handle -> handle.execute("TRUNCATE accounts CASCADE"));
        keys.start();
        JDBI.useExtension(AccountStore.class, accounts -> accounts.insert(account));
    }

    @AfterEach
    void stop() throws InterruptedException {
        keys.stop();
    }

    private SignIn open() {
        return JDBI.inTransaction(tx -> sessions.open(tx, account, DEVICE));
    }

    private String refreshed(String refreshToken) {
        RefreshOutcome outcome = sessions.refresh(refreshToken);
        assertThat(outcome).isInstanceOf(Refreshed.class);
        return ((Refreshed) outcome).signIn().refreshToken();
    }

    private List<RevokedSession> ended() {
        return sessions.endedSince(Instant.EPOCH);
    }

    @Test
    void handsANewPairForARefreshToken() {
        SignIn first = open();
        clock.advance(Duration.ofMinutes(14));
        SignIn second = ((Refreshed) sessions.refresh(first.refreshToken())).signIn();

        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.token()).isNotEqualTo(first.token());
        assertThat(second.expiresAt()).isEqualTo(Instant.parse("2026-01-31T12:29:00Z"));
    }

    @Test
    void answersTheSameTokenAgainWithinTheGrace() {
        String first = open().refreshToken();
        String lost = refreshed(first);
        clock.advance(Duration.ofSeconds(10).minusMillis(1));

        String again = refreshed(first);

        assertThat(again).isNotEqualTo(lost);
        assertThat(refreshed(again)).isNotBlank();
        assertThat(ended()).isEmpty();
    }

    @Test
    void endsTheSessionWhenAUsedTokenTurnsUpAfterTheGrace() {
        String first = open().refreshToken();
        String second = refreshed(first);
        clock.advance(Duration.ofSeconds(10));

        assertThat(sessions.refresh(first)).isEqualTo(new Reused());
        assertThat(sessions.refresh(second)).as("the other holder is out too").isEqualTo(new NotValid());
        assertThat(ended()).hasSize(1);
    }

    @Test
    void endsTheSessionAtOnceForATokenTwoGenerationsOld() {
        String first = open().refreshToken();
        String third = refreshed(refreshed(first));

        assertThat(sessions.refresh(first)).isEqualTo(new Reused());
        assertThat(sessions.refresh(third)).isEqualTo(new NotValid());
    }

    @Test
    void doesNotProlongTheGraceByAnsweringWithinIt() {
        String first = open().refreshToken();
        refreshed(first);
        clock.advance(Duration.ofSeconds(9));
        refreshed(first);
        clock.advance(Duration.ofSeconds(1));

        assertThat(sessions.refresh(first)).isEqualTo(new Reused());
    }

    @Test
    void givesAllOfManyRefreshesAtOnceAPairThatWorks() {
        String first = open().refreshToken();

        List<String> tokens = AtOnce.times(16, () -> refreshed(first));

        assertThat(tokens).doesNotHaveDuplicates();
        assertThat(refreshed(tokens.getFirst())).isNotBlank();
        assertThat(ended()).isEmpty();
    }

    @Test
    void endsAfterThirtyDaysWithoutUse() {
        String first = open().refreshToken();
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        String second = refreshed(first);
        clock.advance(Duration.ofDays(30));

        assertThat(sessions.refresh(second)).isEqualTo(new NotValid());
    }

    @Test
    void endsAfterNinetyDaysHoweverBusyItIs() {
        String token = open().refreshToken();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofDays(29));
            token = refreshed(token);
        }
        clock.advance(Duration.ofDays(3));

        assertThat(sessions.refresh(token)).isEqualTo(new NotValid());
    }

    @Test
    void namesEndedSessionsUntilTheirLastTokenHasEnded() {
        open();
        JDBI.useTransaction(tx -> sessions.endAll(tx, account.id(), Optional.empty(), EndReason.LOGOUT));

        assertThat(ended()).singleElement().satisfies(session -> assertThat(session.tokensEnd())
                .isEqualTo(START.plus(Duration.ofMinutes(15))));
        assertThat(sessions.endedSince(START)).hasSize(1);
        assertThat(sessions.endedSince(START.plusMillis(1))).isEmpty();
        clock.advance(Duration.ofMinutes(15));
        assertThat(ended()).isEmpty();
    }

    @Test
    void endsASessionOnce() {
        SignIn signIn = open();
        JDBI.useTransaction(tx -> sessions.endAll(tx, account.id(), Optional.empty(), EndReason.SUSPENDED));

        assertThat(sessions.refresh(signIn.refreshToken())).isEqualTo(new NotValid());
        int endedAgain =
                JDBI.inTransaction(tx -> sessions.endAll(tx, account.id(), Optional.empty(), EndReason.LOGOUT));
        assertThat(endedAgain).isZero();
    }

    @Test
    void forgetsWhatEndedLongAgoAndKeepsTheRest() {
        String idle = open().refreshToken();
        open();
        JDBI.useTransaction(tx -> sessions.endAll(tx, account.id(), Optional.empty(), EndReason.LOGOUT));
        String alive = open().refreshToken();
        clock.advance(Duration.ofDays(29));
        alive = refreshed(alive);
        clock.advance(Duration.ofDays(2));

        assertThat(sessions.purge(Duration.ofDays(30))).isEqualTo(2);
        assertThat(sessions.refresh(idle)).isEqualTo(new NotValid());
        assertThat(refreshed(alive)).isNotBlank();
    }

    @Test
    void storesNoTokenThatOpensAnything() {
        SignIn signIn = open();

        String tables = JDBI.withHandle(handle -> handle.createQuery(
                        "SELECT string_agg(r::text || s::text, ' ') FROM refresh_tokens r, sessions s")
                .mapTo(String.class)
                .one());

        assertThat(tables).isNotBlank().doesNotContain(signIn.refreshToken());
    }
}
