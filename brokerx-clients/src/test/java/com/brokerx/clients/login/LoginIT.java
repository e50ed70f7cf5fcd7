package com.brokerx.clients.login;

import static com.brokerx.clients.RunningClients.PASSWORD;
import static com.brokerx.clients.RunningClients.anyEmail;
import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.commons.id.Ids;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginIT {

    private final RunningClients clients = RunningClients.shared();

    private static JsonNode withoutRequestId(Answer answer) {
        return ((ObjectNode) answer.body()).without("request_id");
    }

    @Test
    void doesNotTellAnUnknownAddressAWrongPasswordAClosedAndASlowedDownAccountApart() {
        String email = anyEmail();
        clients.activeClient(email);
        SignedIn closed = clients.signedIn();
        clients.call("DELETE", "/api/v1/clients/" + closed.id(), null, bearer(closed.token()));

        Answer unknown = clients.login(anyEmail(), PASSWORD);
        Answer noAddress = clients.login("ann\\u0000@example.com", PASSWORD);
        Answer wrong = clients.login(email, "password124");
        Answer ofClosed = clients.login(closed.email(), PASSWORD);
        for (int i = 0; i < 5; i++) {
            clients.login(email, "password124");
        }
        Answer slowedDown = clients.login(email, PASSWORD);

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text("code")).isEqualTo("invalid_credentials");
        assertThat(unknown.header("WWW-Authenticate")).isPresent();
        assertThat(List.of(noAddress, wrong, ofClosed, slowedDown)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(withoutRequestId(answer)).isEqualTo(withoutRequestId(unknown));
            assertThat(answer.header("Retry-After")).isEmpty();
        });
        Eventually.await(
                "the end of the delay",
                Duration.ofSeconds(10),
                () -> clients.login(email, PASSWORD).status() == 200);
    }

    @Test
    void takesTheSameTimeForAnUnknownAddressAndAWrongPassword() {
        try (RunningClients slow = RunningClients.start("clients.passwords.memory=16MiB")) {
            String email = anyEmail();
            slow.activeClient(email);
            List<Long> known = new ArrayList<>();
            List<Long> unknown = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                // By turns, so that a busy machine slows both.
                known.add(nanosOf(() -> slow.login(email, "password124")));
                unknown.add(nanosOf(() -> slow.login("nobody@example.com", "password124")));
            }

            // Without the same work, an unknown address would take a fraction of the time.
            assertThat((double) median(unknown) / median(known)).isBetween(0.4, 2.5);
        }
    }

    private static long nanosOf(Runnable login) {
        long start = System.nanoTime();
        login.run();
        return System.nanoTime() - start;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Test
    void knowsTheAddressInWhateverCase() {
        String email = anyEmail();
        clients.activeClient(email);

        assertThat(clients.login(email.toUpperCase(Locale.ROOT), PASSWORD).status())
                .isEqualTo(200);
    }

    @Test
    void tellsThatTheAddressIsNotVerifiedOnlyAfterTheRightPassword() {
        String email = anyEmail();
        clients.register(email);

        assertThat(clients.login(email, "password124").text("code")).isEqualTo("invalid_credentials");
        Answer right = clients.login(email, PASSWORD);
        assertThat(right.status()).isEqualTo(403);
        assertThat(right.text("code")).isEqualTo("email_not_verified");
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "login | {} | 422 | validation_failed",
                "login | {\"email\":\"a@example.com\"} | 422 | validation_failed",
                "login | {\"email\":1,\"password\":\"x\"} | 422 | validation_failed",
                "login | {\"email\":\"a@example.com\",\"password\":\"x\",\"remember\":true} | 422 | unknown_field",
                "login | {\"email\" | 400 | malformed_json",
                "verify_mfa | {} | 422 | validation_failed",
                "verify_mfa | {\"session_token\":\"x\",\"mfa_code\":123456} | 422 | validation_failed",
                "verify_mfa | {\"session_token\":\"x\",\"mfa_code\":\"123456\"} | 401 | mfa_failed",
                "refresh_token | {} | 422 | validation_failed",
                "refresh_token | {\"refresh_token\":\"x\"} | 401 | invalid_refresh_token",
                "reset_password | {\"token\":\"x\",\"password\":\"password124\"} | 422 | reset_failed",
                "reset_password | {\"token\":\"x\",\"password\":\"short\"} | 422 | validation_failed",
                "forgot_password | {} | 422 | validation_failed",
                "logout | {} | 401 | unauthorized",
            })
    void refusesBadRequests(String path, String body, int status, String code) {
        Answer answer = clients.post("/api/v1/auth/" + path, body);

        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
        if (status == 401) {
            assertThat(answer.header("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void takesACodeOnce() {
        String email = anyEmail();
        clients.activeClient(email);
        Answer login = clients.login(email, PASSWORD);

        List<Answer> answers =
                AtOnce.times(5, () -> clients.verifyMfa(login.text("session_token"), login.text("mfa_code")));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(4);
    }

    @Test
    void takesNoCodeOfAnotherSignIn() {
        String email = anyEmail();
        clients.activeClient(email);
        Answer first = clients.login(email, PASSWORD);
        Answer second = clients.login(email, PASSWORD);

        if (!first.text("mfa_code").equals(second.text("mfa_code"))) {
            assertThat(clients.verifyMfa(first.text("session_token"), second.text("mfa_code"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(clients.verifyMfa(first.text("session_token"), first.text("mfa_code"))
                        .status())
                .isEqualTo(200);
        assertThat(clients.verifyMfa(second.text("session_token"), second.text("mfa_code"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void burnsTheSignInAfterFiveWrongCodesHoweverManyAreGuessedAtOnce() {
        String email = anyEmail();
        clients.activeClient(email);
        Answer login = clients.login(email, PASSWORD);
        String token = login.text("session_token");
        AtomicInteger guess = new AtomicInteger(Integer.parseInt(login.text("mfa_code")));

        List<Answer> answers =
                AtOnce.times(50, () -> clients.verifyMfa(token, "%06d".formatted(guess.incrementAndGet() % 1_000_000)));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(401));
        int judged = clients.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT max(tries) FROM login_challenges JOIN accounts a ON a.id = account_id WHERE email = ?")
                .bind(0, email)
                .mapTo(Integer.class)
                .one());
        assertThat(judged).as("guesses that were judged at all").isEqualTo(5);
        assertThat(clients.verifyMfa(token, login.text("mfa_code")).status())
                .as("the right code comes too late")
                .isEqualTo(401);
        assertThat(clients.login(email, PASSWORD).status())
                .as("a new sign-in is possible")
                .isEqualTo(200);
    }

    @Test
    void letsNobodyGuessCodesBySigningInAgainAndAgain() {
        String email = anyEmail();
        clients.activeClient(email);
        for (int i = 0; i < 6; i++) {
            String token = clients.login(email, PASSWORD).text("session_token");
            for (int j = 0; j < 5; j++) {
                clients.verifyMfa(token, "no code");
            }
        }
        Answer login = clients.login(email, PASSWORD);

        assertThat(login.status()).isEqualTo(429);
        assertThat(login.header("Retry-After")).isPresent();
        assertThat(clients.login(email, "password124").status()).isEqualTo(401);
    }

    @Test
    void servesManyRightSignInsOfOneClientAtOnce() {
        String email = anyEmail();
        clients.activeClient(email);

        List<Answer> answers = AtOnce.times(32, () -> {
            Answer login = clients.login(email, PASSWORD);
            return clients.verifyMfa(login.text("session_token"), login.text("mfa_code"));
        });

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @Test
    void slowsDownAfterFiveWrongPasswordsHoweverManyAreGuessedAtOnce() {
        String email = anyEmail();
        clients.activeClient(email);

        AtOnce.times(40, () -> clients.login(email, "password124"));

        Map<String, Object> row = clients.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT failures, extract(epoch FROM blocked_until - updated_at)::int AS delay FROM login_failures WHERE email_hash = sha256(convert_to(?, 'UTF8'))")
                .bind(0, email)
                .mapToMap()
                .one());
        assertThat(row.get("failures"))
                .as("those during the delay change nothing")
                .isEqualTo(5);
        assertThat(row.get("delay")).isEqualTo(2);
    }

    @Test
    void followsStrongerParametersOfTheHashAtTheNextSignIn() {
        String email = anyEmail();
        clients.activeClient(email);
        try (RunningClients stronger = clients.another("clients.passwords.memory=128KiB")) {
            assertThat(stronger.login(email, PASSWORD).status()).isEqualTo(200);
            assertThat(stronger.login(email, PASSWORD).status()).isEqualTo(200);
        }
        assertThat(hashOf(email)).contains("m=128,");
        assertThat(clients.login(email, PASSWORD).status()).isEqualTo(200);
    }

    private String hashOf(String email) {
        return clients.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT password_hash FROM accounts WHERE email = ?")
                        .bind(0, email)
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void acceptsNeitherASessionTokenNorARefreshTokenAsBearer() {
        String email = anyEmail();
        SignedIn signedIn = clients.signIn(clients.activeClient(email), email, PASSWORD);
        String sessionToken = clients.login(email, PASSWORD).text("session_token");

        assertThat(List.of(sessionToken, signedIn.refreshToken(), Ids.next().toString()))
                .allSatisfy(token -> assertThat(
                                clients.get("/api/v1/me", bearer(token)).status())
                        .isEqualTo(401));
    }
}
