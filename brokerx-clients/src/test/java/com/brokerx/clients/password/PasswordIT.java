package com.brokerx.clients.password;

import static com.brokerx.clients.Mails.tokenIn;
import static com.brokerx.clients.RunningClients.PASSWORD;
import static com.brokerx.clients.RunningClients.anyEmail;
import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.Mails;
import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final RunningClients clients = RunningClients.shared();

    private Answer forgot(RunningClients instance, String email) {
        return instance.post("/api/v1/auth/forgot_password", "{\"email\":\"" + email + "\"}");
    }

    private Answer reset(RunningClients instance, String token, String password) {
        return instance.post(
                "/api/v1/auth/reset_password", "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password));
    }

    private Answer change(SignedIn client, String present, String next) {
        return clients.post(
                "/api/v1/me/password",
                "{\"current_password\":\"%s\",\"password\":\"%s\"}".formatted(present, next),
                bearer(client.token()));
    }

    private void awaitRefusal(String token) {
        Eventually.await(
                "the token's end",
                SOON,
                () -> clients.get("/api/v1/me", bearer(token)).status() == 401);
    }

    @Test
    void changesThePasswordAndEndsTheOtherSessions() {
        SignedIn here = clients.signedIn();
        SignedIn elsewhere = clients.signIn(here.id(), here.email(), PASSWORD);

        assertThat(change(here, PASSWORD, "another password").status()).isEqualTo(200);

        assertThat(clients.login(here.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(clients.login(here.email(), "another password").status()).isEqualTo(200);
        assertThat(clients.refresh(elsewhere.refreshToken()).status()).isEqualTo(401);
        awaitRefusal(elsewhere.token());
        assertThat(clients.get("/api/v1/me", bearer(here.token())).status()).isEqualTo(200);
        assertThat(clients.refresh(here.refreshToken()).status()).isEqualTo(200);
        Eventually.await("the notice", SOON, () -> clients.mails().to(here.email()).stream()
                .anyMatch(mail -> Mails.text(mail).contains("was changed just now")));
    }

    @Test
    void changesNothingWithoutThePresentPassword() {
        SignedIn client = clients.signedIn();

        Answer answer = change(client, "password124", "another password");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo("wrong_password");
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("current_password");
        assertThat(clients.login(client.email(), PASSWORD).status()).isEqualTo(200);
        assertThat(change(client, PASSWORD, "short").text("code")).isEqualTo("validation_failed");
        assertThat(clients.post("/api/v1/me/password", "{}").status()).isEqualTo(401);
    }

    @Test
    void letsNobodyGuessThePresentPasswordWithAStolenToken() {
        SignedIn client = clients.signedIn();
        for (int i = 0; i < 5; i++) {
            change(client, "guess number " + i, "another password");
        }

        assertThat(change(client, PASSWORD, "another password").text("code")).isEqualTo("wrong_password");
    }

    @Test
    void setsAForgottenPasswordWithTheMailedTokenOnceAndEndsAllSessions() {
        SignedIn client = clients.signedIn();
        Answer waiting = clients.login(client.email(), PASSWORD);

        assertThat(forgot(clients, client.email()).status()).isEqualTo(202);
        String token = tokenIn(clients.mails().with(client.email(), "/reset_password?token="));
        List<Answer> answers = AtOnce.times(5, () -> reset(clients, token, "another password"));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 422)
                .hasSize(4)
                .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("reset_failed"));
        assertThat(clients.login(client.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(clients.login(client.email(), "another password").status()).isEqualTo(200);
        assertThat(clients.refresh(client.refreshToken()).status()).isEqualTo(401);
        assertThat(clients.verifyMfa(waiting.text("session_token"), waiting.text("mfa_code"))
                        .status())
                .isEqualTo(401);
        awaitRefusal(client.token());
    }

    @Test
    void letsTheOwnerInAtOnceAfterAResetWhateverStrangersGuessed() {
        SignedIn client = clients.signedIn();
        for (int i = 0; i < 6; i++) {
            clients.login(client.email(), "password124");
        }
        forgot(clients, client.email());
        reset(clients, tokenIn(clients.mails().with(client.email(), "/reset_password?token=")), "another password");

        assertThat(clients.login(client.email(), "another password").status()).isEqualTo(200);
    }

    @Test
    void answersTheSameWhetherThereIsAnAccountOrNot() {
        Answer known = forgot(clients, clients.signedIn().email());
        Answer unknown = forgot(clients, anyEmail());
        Answer noAddress = forgot(clients, "nobody");

        assertThat(known.status()).isEqualTo(202);
        assertThat(List.of(unknown, noAddress)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo(known.body());
        });
    }

    @Test
    void mailsThreeResetLinksAnHourAndIsSilentAboutTheRest() {
        SignedIn client = clients.signedIn();

        List<Answer> answers = AtOnce.times(10, () -> forgot(clients, client.email()));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
        long issued = clients.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM mail_tokens WHERE purpose = 'reset_password' AND account_id = ?")
                .bind(0, client.id())
                .mapTo(Long.class)
                .one());
        assertThat(issued).isEqualTo(3);
    }

    @Test
    void takesNoResetLinkAfterAnHour() {
        ManualClock clock = new ManualClock(Instant.now());
        try (RunningClients timed = RunningClients.start(clock)) {
            SignedIn client = timed.signedIn();
            forgot(timed, client.email());
            String token = tokenIn(timed.mails().with(client.email(), "/reset_password?token="));
            clock.advance(Duration.ofHours(1));

            assertThat(reset(timed, token, "another password").status()).isEqualTo(422);
        }
    }

    @Test
    void leadsTheMailedLinkToAPageThatSetsThePassword() {
        SignedIn client = clients.signedIn();
        forgot(clients, client.email());
        String mail = clients.mails().with(client.email(), "/reset_password?token=");

        assertThat(mail).contains("http://localhost:8080/api/v1/auth/reset_password?token=");
        Answer page = clients.get("/api/v1/auth/reset_password?token=" + tokenIn(mail), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.http().body()).contains("<form").doesNotContain(tokenIn(mail));
    }
}
