package com.brokerx.clients.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.session.Device;
import com.brokerx.clients.session.SessionSettings;
import com.brokerx.clients.session.Sessions;
import com.brokerx.commons.id.Ids;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import io.dropwizard.util.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Five wrong passwords begin a delay of 2 s, which doubles up to a minute. */
class PasswordGuardTest {

    private static final String EMAIL = "Ann@example.com";
    private static final Device HOME = new Device("192.0.2.1", "browser");
    private static final Device STRANGER = new Device("198.51.100.7", "script");

    private static final Jdbi JDBI =
            TestDatabase.migrated("clients/migrations.xml").jdbi();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T12:00:00Z"));
    private final PasswordGuard guard = new PasswordGuard(
            new Sessions(JDBI, null, SessionSettings.DEFAULT, clock),
            new GuardSettings(5, Duration.seconds(2), Duration.minutes(1), Duration.days(1)),
            clock);
    private final UUID account = Ids.next();

    private boolean admits(Device device, boolean right) {
        return JDBI.inTransaction(tx -> guard.admit(tx, EMAIL, account, device, right));
    }

    private void wrong(Device device, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(admits(device, false)).isFalse();
        }
    }

    private void after(long milliseconds) {
        clock.advance(java.time.Duration.ofMillis(milliseconds));
    }

    @BeforeEach
    void empty() {
        JDBI.useHandle(handle -> handle.execute("TRUNCATE accounts, login_failures CASCADE"));
    }

    @Test
    void admitsTheRightPasswordAfterFourWrongOnes() {
        wrong(STRANGER, 4);
        assertThat(admits(STRANGER, true)).isTrue();
    }

    @Test
    void beginsToCountAnewAfterTheRightOne() {
        wrong(STRANGER, 4);
        admits(STRANGER, true);
        wrong(STRANGER, 4);
        assertThat(admits(STRANGER, true)).isTrue();
    }

    @Test
    void admitsNoPasswordForAWhileAfterFiveWrongOnes() {
        wrong(STRANGER, 5);
        assertThat(admits(STRANGER, true)).isFalse();
        after(1_999);
        assertThat(admits(STRANGER, true)).isFalse();
        after(1);
        assertThat(admits(STRANGER, true)).isTrue();
    }

    @Test
    void doublesTheDelayWithEachFurtherWrongOneUpToTheLongest() {
        wrong(STRANGER, 5);
        for (long delay : new long[] {4, 8, 16, 32, 60, 60}) {
            after(60_000);
            wrong(STRANGER, 1);
            after(delay * 1000 - 1);
            assertThat(admits(STRANGER, true)).as("%s s", delay).isFalse();
        }
        after(60_000);
        assertThat(admits(STRANGER, true)).isTrue();
    }

    @Test
    void doesNotLengthenTheDelayForPasswordsGivenDuringIt() {
        wrong(STRANGER, 5);
        wrong(STRANGER, 100);
        after(2_000);
        assertThat(admits(STRANGER, true)).isTrue();
    }

    @Test
    void countsAllStrangersTogetherWhateverTheCaseOfTheAddress() {
        for (int i = 0; i < 5; i++) {
            Device other = new Device("198.51.100." + i, "script");
            JDBI.useTransaction(tx -> guard.admit(tx, EMAIL.toUpperCase(java.util.Locale.ROOT), account, other, false));
        }
        assertThat(admits(STRANGER, true)).isFalse();
    }

    @Test
    void letsTheOwnerInFromAFamiliarAddressWhileAStrangerIsSlowedDown() {
        makeFamiliar(HOME);
        wrong(STRANGER, 5);
        assertThat(admits(STRANGER, true)).isFalse();
        assertThat(admits(HOME, true)).isTrue();
        assertThat(admits(STRANGER, true))
                .as("the owner's sign-in does not help the stranger")
                .isFalse();
    }

    @Test
    void slowsAFamiliarAddressDownToo() {
        makeFamiliar(HOME);
        wrong(HOME, 5);
        assertThat(admits(HOME, true)).isFalse();
    }

    @Test
    void forgetsEverythingWhenTheOwnerHasSetANewPassword() {
        wrong(STRANGER, 5);
        JDBI.useTransaction(tx -> guard.clear(tx, EMAIL));
        assertThat(admits(STRANGER, true)).isTrue();
    }

    @Test
    void forgetsWrongPasswordsThatAreLongPast() {
        wrong(STRANGER, 4);
        after(java.time.Duration.ofDays(1).plusSeconds(1).toMillis());
        assertThat(JDBI.inTransaction(guard::purge)).isEqualTo(1);
        wrong(STRANGER, 4);
        assertThat(admits(STRANGER, true)).isTrue();
    }

    private void makeFamiliar(Device device) {
        JDBI.useHandle(handle -> {
            handle.execute("""
                    INSERT INTO accounts (id, email, name, status, email_verified, password_hash, created_at, updated_at)
                    VALUES (?, ?, 'Ann', 'active', true, '', now(), now())""", account, EMAIL);
            handle.execute("""
                    INSERT INTO sessions (id, account_id, address, user_agent, created_at, used_at, expires_at, generation, rotated_at)
                    VALUES (?, ?, ?, '', now(), now(), now(), 0, now())""", Ids.next(), account, device.address());
        });
    }
}
