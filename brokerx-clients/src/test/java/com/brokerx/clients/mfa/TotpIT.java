package com.brokerx.clients.mfa;

import static com.brokerx.clients.RunningClients.PASSWORD;
import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.Mails;
import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.ManualClock;
import com.google.common.io.BaseEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Authenticator apps, by a clock that goes on when a new code is wanted. */
class TotpIT {

    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-01-31T12:00:00Z"));
    private static final RunningClients CLIENTS = RunningClients.start(CLOCK);
    private static final String TOTP = "/api/v1/me/mfa/totp";

    @AfterAll
    static void stop() {
        CLIENTS.close();
    }

    private static final Duration MAIL_LIMIT = Duration.ofSeconds(20);

    private record Enrolled(SignedIn client, byte[] secret, List<String> recoveryCodes) {}

    private static String nextCode(byte[] secret) {
        CLOCK.advance(Duration.ofSeconds(30));
        return TotpCodes.code(secret, CLOCK.instant());
    }

    private static Answer confirm(SignedIn client, String code) {
        return CLIENTS.post(TOTP + "/confirm", "{\"code\":\"" + code + "\"}", bearer(client.token()));
    }

    private static Enrolled enrolled() {
        SignedIn client = CLIENTS.signedIn();
        byte[] secret = BaseEncoding.base32()
                .decode(CLIENTS.post(TOTP, null, bearer(client.token())).text("secret"));
        Answer confirmed = confirm(client, nextCode(secret));
        List<String> codes = StreamSupport.stream(
                        confirmed.body().path("recovery_codes").spliterator(), false)
                .map(node -> node.asText())
                .toList();
        return new Enrolled(client, secret, codes);
    }

    private static Answer signIn(Enrolled enrolled, String code) {
        Answer login = CLIENTS.login(enrolled.client().email(), PASSWORD);
        return CLIENTS.verifyMfa(login.text("session_token"), code);
    }

    @Test
    void setsAnAppUpAndAsksItFromThenOn() {
        SignedIn client = CLIENTS.signedIn();
        Answer waiting = CLIENTS.login(client.email(), PASSWORD);

        Answer begun = CLIENTS.post(TOTP, null, bearer(client.token()));
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.text("otpauth_uri"))
                .startsWith("otpauth://totp/BrokerX:")
                .contains("secret=" + begun.text("secret"));
        assertThat(begun.text("qr_code")).startsWith("data:image/svg+xml;base64,");
        byte[] secret = BaseEncoding.base32().decode(begun.text("secret"));
        assertThat(CLIENTS.login(client.email(), PASSWORD)
                        .body()
                        .path("mfa_methods")
                        .get(0)
                        .asText())
                .as("nothing changes before it is confirmed")
                .isEqualTo("email");

        assertThat(confirm(client, "000000").text("code")).isEqualTo("invalid_code");
        Answer confirmed = confirm(client, nextCode(secret));
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.body().path("recovery_codes")).hasSize(10);
        assertThat(CLIENTS.get("/api/v1/me", bearer(client.token()))
                        .body()
                        .path("mfa_enabled")
                        .asBoolean())
                .isTrue();
        assertThat(CLIENTS.verifyMfa(waiting.text("session_token"), waiting.text("mfa_code"))
                        .status())
                .as("a mailed code is worth nothing now")
                .isEqualTo(401);

        Eventually.await("the codes of the three sign-ins before", MAIL_LIMIT, () -> codesMailedTo(client) == 3);
        Answer login = CLIENTS.login(client.email(), PASSWORD);
        assertThat(login.body().path("mfa_methods"))
                .extracting(node -> node.asText())
                .containsExactly("totp", "recovery_code");
        assertThat(login.body().has("mfa_code")).isFalse();
        assertThat(CLIENTS.verifyMfa(login.text("session_token"), nextCode(secret))
                        .status())
                .isEqualTo(200);
        assertThat(codesMailedTo(client)).isEqualTo(3);
    }

    private static long codesMailedTo(SignedIn client) {
        return CLIENTS.mails().to(client.email()).stream()
                .map(Mails::text)
                .filter(text -> text.contains("this is the code"))
                .count();
    }

    @Test
    void takesEachCodeOnceWhoeverIsFirst() {
        Enrolled enrolled = enrolled();
        String code = nextCode(enrolled.secret());

        List<Answer> answers = AtOnce.times(8, () -> signIn(enrolled, code));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(signIn(enrolled, nextCode(enrolled.secret())).status()).isEqualTo(200);
    }

    @Test
    void takesNoCodeThatIsOlderThanOneTaken() {
        Enrolled enrolled = enrolled();
        String older = nextCode(enrolled.secret());
        String newer = nextCode(enrolled.secret());

        assertThat(signIn(enrolled, newer).status()).isEqualTo(200);
        assertThat(signIn(enrolled, older).status()).isEqualTo(401);
    }

    @Test
    void takesEachRecoveryCodeOnceHoweverItIsTyped() {
        Enrolled enrolled = enrolled();
        String first = enrolled.recoveryCodes().get(0);
        String second = enrolled.recoveryCodes().get(1);

        assertThat(signIn(enrolled, first).status()).isEqualTo(200);
        assertThat(signIn(enrolled, first).status()).isEqualTo(401);
        assertThat(signIn(enrolled, second.replace("-", "").toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(200);
        assertThat(enrolled.recoveryCodes())
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z2-7]{5}-[a-z2-7]{5}"));
    }

    @Test
    void burnsTheSignInAfterFiveWrongCodesOfAnAppToo() {
        Enrolled enrolled = enrolled();
        String token = CLIENTS.login(enrolled.client().email(), PASSWORD).text("session_token");
        AtOnce.times(20, () -> CLIENTS.verifyMfa(token, "abcdef"));

        assertThat(CLIENTS.verifyMfa(token, nextCode(enrolled.secret())).status())
                .isEqualTo(401);
    }

    @Test
    void removesTheAppAndMailsCodesAgain() {
        Enrolled enrolled = enrolled();
        String token = enrolled.client().token();

        assertThat(CLIENTS.post(TOTP, null, bearer(token)).text("code")).isEqualTo("totp_already_enabled");
        assertThat(CLIENTS.call("DELETE", TOTP, null, bearer(token)).status()).isEqualTo(200);
        assertThat(CLIENTS.call("DELETE", TOTP, null, bearer(token)).text("code"))
                .isEqualTo("totp_not_started");
        assertThat(confirm(enrolled.client(), "123456").text("code")).isEqualTo("totp_not_started");
        assertThat(signIn(enrolled, enrolled.recoveryCodes().getFirst()).status())
                .isEqualTo(401);
        CLIENTS.signIn(enrolled.client().id(), enrolled.client().email(), PASSWORD);
    }

    @Test
    void storesNeitherTheSecretNorTheRecoveryCodesReadably() {
        Enrolled enrolled = enrolled();

        String tables = CLIENTS.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT string_agg(encode(secret, 'hex'), ' ') || (SELECT string_agg(encode(code_hash, 'hex'), ' ') FROM recovery_codes) FROM totp")
                .mapTo(String.class)
                .one());

        assertThat(tables)
                .isNotBlank()
                .doesNotContain(BaseEncoding.base16().lowerCase().encode(enrolled.secret()));
    }
}
