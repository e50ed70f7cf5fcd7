package com.brokerx.clients.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.clients.secret.SecretBox;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys sign for 30 days, are shown a minute before they sign, and until 25 minutes after their successor began. */
class SigningKeysTest {

    private static final Jdbi JDBI =
            TestDatabase.migrated("clients/migrations.xml").jdbi();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T12:00:00Z"));

    private SigningKeys instance(String... secrets) {
        return new SigningKeys(
                JDBI, new SecretBox(List.of(secrets)), KeySettings.DEFAULT, Duration.ofMinutes(15), clock);
    }

    private static List<Object> published(SigningKeys keys) {
        return keys.published().stream().map(key -> key.get("kid")).toList();
    }

    @BeforeEach
    void empty() {
        JDBI.useHandle(handle -> handle.execute("TRUNCATE signing_keys CASCADE"));
    }

    @Test
    void agreesOnOneKeyHoweverManyInstancesStartAtOnce() {
        List<String> ids = AtOnce.times(8, () -> {
            SigningKeys keys = instance("secret");
            keys.maintain();
            return keys.current().id();
        });

        assertThat(ids.stream().distinct()).hasSize(1);
        assertThat(JDBI.withExtension(SigningKeyStore.class, SigningKeyStore::all))
                .hasSize(1);
    }

    @Test
    void publishesPublicKeysAndNothingElse() {
        SigningKeys keys = instance("secret");
        keys.maintain();

        assertThat(keys.published()).singleElement().satisfies(key -> assertThat(key)
                .containsOnlyKeys("kty", "crv", "x", "y", "kid", "alg", "use")
                .containsEntry("kty", "EC")
                .containsEntry("crv", "P-256")
                .containsEntry("alg", "ES256")
                .containsEntry("use", "sig"));
    }

    @Test
    void showsANewKeyBeforeItSigns() {
        SigningKeys keys = instance("secret");
        keys.maintain();
        String first = keys.current().id();

        String second = keys.rotate();

        assertThat(published(keys)).containsExactly(first, second);
        assertThat(keys.current().id()).isEqualTo(first);
        clock.advance(Duration.ofMinutes(1));
        assertThat(keys.current().id()).isEqualTo(second);
    }

    @Test
    void learnsOfTheKeysThatAnotherInstanceMade() {
        SigningKeys keys = instance("secret");
        keys.maintain();
        String second = instance("secret").rotate();

        keys.maintain();
        clock.advance(Duration.ofMinutes(1));

        assertThat(keys.current().id()).isEqualTo(second);
    }

    @Test
    void makesOneNewKeyByItselfWhenTheOldOneHasItsAge() {
        SigningKeys keys = instance("secret");
        keys.maintain();
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        keys.maintain();
        assertThat(keys.published()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        AtOnce.times(4, () -> {
            instance("secret").maintain();
            return true;
        });
        keys.maintain();

        assertThat(keys.published()).hasSize(2);
    }

    @Test
    void showsAnOldKeyUntilItsLastTokenHasEnded() {
        SigningKeys keys = instance("secret");
        keys.maintain();
        String first = keys.current().id();
        String second = keys.rotate();

        clock.advance(Duration.ofMinutes(1 + 15 + 10));
        keys.maintain();
        assertThat(published(keys)).containsExactly(first, second);

        clock.advance(Duration.ofSeconds(1));
        keys.maintain();
        assertThat(published(keys)).containsExactly(second);
    }

    @Test
    void readsItsKeysAfterTheSecretWasRotated() {
        SigningKeys keys = instance("secret");
        keys.maintain();
        SigningKeys rotated = instance("newer secret", "secret");
        rotated.maintain();

        assertThat(rotated.current().id()).isEqualTo(keys.current().id());
    }

    @Test
    void doesNotStartWithASecretThatOpensNoKey() {
        instance("secret").maintain();

        assertThatThrownBy(() -> instance("another secret").maintain()).hasMessageContaining("clients.secrets");
    }
}
