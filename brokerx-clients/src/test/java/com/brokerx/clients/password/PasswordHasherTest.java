package com.brokerx.clients.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.testing.AtOnce;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private final PasswordHasher hasher = hasher(DataSize.kibibytes(64), 2, Duration.seconds(5));

    private static PasswordHasher hasher(DataSize memory, int concurrent, Duration queueTimeout) {
        return new PasswordHasher(
                new PasswordSettings(memory, 1, 1, concurrent, queueTimeout, false, null, null, null));
    }

    @Test
    void knowsThePasswordThatItHashed() {
        String hash = hasher.hash("correct horse");

        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(hasher.matches("correct horse", Optional.of(hash))).isTrue();
        assertThat(hasher.matches("correct horsE", Optional.of(hash))).isFalse();
    }

    @Test
    void saltsEachHash() {
        assertThat(hasher.hash("correct horse")).isNotEqualTo(hasher.hash("correct horse"));
    }

    @Test
    void isNeverRightWhereThereIsNoHash() {
        assertThat(hasher.matches("the password of nobody", Optional.empty())).isFalse();
    }

    @Test
    void takesTheSameCharactersFromAnotherKeyboard() {
        String hash = hasher.hash("pa\u0301ssword e\u0301");

        assertThat(hasher.matches("p\u00e1ssword \u00e9", Optional.of(hash))).isTrue();
    }

    @Test
    void noticesHashesWithWeakerParameters() {
        String weak = hasher.hash("correct horse");
        PasswordHasher stronger = hasher(DataSize.kibibytes(128), 2, Duration.seconds(5));

        assertThat(stronger.isOutdated(weak)).isTrue();
        assertThat(stronger.isOutdated(stronger.hash("correct horse"))).isFalse();
        assertThat(stronger.matches("correct horse", Optional.of(weak))).isTrue();
    }

    @Test
    void refusesWithARetryTimeWhoDoesNotGetATurn() {
        PasswordHasher slow = hasher(DataSize.mebibytes(64), 1, Duration.milliseconds(1));

        List<Boolean> hadATurn = AtOnce.times(8, () -> {
            try {
                slow.hash("correct horse");
                return true;
            } catch (UnavailableException noTurn) {
                assertThat(noTurn.retryAfter()).isPositive();
                return false;
            }
        });

        assertThat(hadATurn).contains(true, false);
    }

    @Test
    void isNotFitForProductionWithLittleMemory() {
        assertThat(PasswordSettings.DEFAULT.weakness()).isEmpty();
        assertThat(new PasswordSettings(DataSize.mebibytes(1), null, null, null, null, null, null, null, null)
                        .weakness())
                .hasValueSatisfying(weakness -> assertThat(weakness).contains("clients.passwords.memory"));
    }

    @Test
    void refusesCommonPasswordsWhereThatIsWanted() {
        PasswordRules strict = new PasswordRules(PasswordSettings.DEFAULT);
        PasswordRules lenient =
                new PasswordRules(new PasswordSettings(null, null, null, null, null, false, null, null, null));

        assertThatThrownBy(() -> strict.check("password", "Password123")).hasMessageContaining("most used");
        assertThatThrownBy(() -> strict.check("password", "iloveyou1")).hasMessageContaining("most used");
        strict.check("password", "staple-battery-47");
        lenient.check("password", "password123");
    }
}
