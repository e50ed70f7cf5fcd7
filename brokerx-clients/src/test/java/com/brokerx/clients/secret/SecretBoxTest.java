package com.brokerx.clients.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private static final byte[] PLAIN = "something small".getBytes(StandardCharsets.UTF_8);

    private final SecretBox box = new SecretBox(List.of("the secret in use"));

    @Test
    void opensWhatItSealed() {
        assertThat(box.open("mail", box.seal("mail", PLAIN))).isEqualTo(PLAIN);
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(box.seal("mail", PLAIN)).isNotEqualTo(box.seal("mail", PLAIN));
    }

    @Test
    void opensNothingThatWasMovedToAnotherPlace() {
        byte[] sealed = box.seal("mail", PLAIN);

        assertThatThrownBy(() -> box.open("totp", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void opensNothingThatWasTamperedWith() {
        byte[] sealed = box.seal("mail", PLAIN);
        sealed[sealed.length - 1] ^= 1;

        assertThatThrownBy(() -> box.open("mail", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void opensAfterARotationWhatTheEarlierSecretSealed() {
        byte[] sealed = box.seal("mail", PLAIN);
        byte[] fingerprint = box.fingerprint("code", "123456");
        SecretBox rotated = new SecretBox(List.of("a newer secret", "the secret in use"));

        assertThat(rotated.open("mail", sealed)).isEqualTo(PLAIN);
        assertThat(rotated.matches("code", "123456", fingerprint)).isTrue();
        assertThat(rotated.fingerprint("code", "123456")).isNotEqualTo(fingerprint);
    }

    @Test
    void saysWhichSettingIsWrongWhenTheSecretIsGone() {
        byte[] sealed = box.seal("totp", PLAIN);

        assertThatThrownBy(() -> new SecretBox(List.of("another one")).open("totp", sealed))
                .hasMessageContaining("clients.secrets")
                .hasMessageContaining("totp");
    }

    @Test
    void takesOtherFingerprintsForOtherValuesAndPurposes() {
        byte[] fingerprint = box.fingerprint("code", "123456");

        assertThat(box.matches("code", "123456", fingerprint)).isTrue();
        assertThat(box.matches("code", "123457", fingerprint)).isFalse();
        assertThat(box.matches("other", "123456", fingerprint)).isFalse();
    }
}
