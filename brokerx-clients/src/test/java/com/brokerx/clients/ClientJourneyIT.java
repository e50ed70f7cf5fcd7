package com.brokerx.clients;

import static com.brokerx.clients.Mails.tokenIn;
import static com.brokerx.clients.RunningClients.PASSWORD;
import static com.brokerx.clients.RunningClients.anyEmail;
import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.testing.Eventually;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One client's way from the registration to the logout, with real mail. */
class ClientJourneyIT {

    private static final Pattern CODE = Pattern.compile("(?m)^\\s+(\\d{6})$");

    private final RunningClients clients = RunningClients.shared();

    @Test
    void goesFromTheRegistrationToTheLogoutWithWhatTheMailsSay() {
        String email = anyEmail();

        Answer registered = clients.register(email);
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.body().at("/client/status").asText()).isEqualTo("pending");
        assertThat(registered.body().at("/client/email_verified").asBoolean()).isFalse();
        String id = registered.body().at("/client/id").asText();

        Answer tooEarly = clients.login(email, PASSWORD);
        assertThat(tooEarly.status()).isEqualTo(403);
        assertThat(tooEarly.text("code")).isEqualTo("email_not_verified");
        assertThat(tooEarly.text("detail")).contains("http://localhost:8025");

        String link = clients.mails().with(email, "/verify_email?token=");
        assertThat(link).contains("http://localhost:8080/api/v1/clients/" + id + "/verify_email?token=");
        Answer verified = clients.get("/api/v1/clients/" + id + "/verify_email?token=" + tokenIn(link));
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.body().at("/client/status").asText()).isEqualTo("active");

        Answer login = clients.login(email, PASSWORD);
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.body().path("mfa_required").asBoolean()).isTrue();
        assertThat(login.body().path("mfa_methods").get(0).asText()).isEqualTo("email");

        String code = codeIn(clients.mails().with(email, "this is the code"));
        assertThat(code).isEqualTo(login.text("mfa_code"));
        Answer signedIn = clients.verifyMfa(login.text("session_token"), code);
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.text("token_type")).isEqualTo("Bearer");
        assertThat(signedIn.body().at("/client/id").asText()).isEqualTo(id);
        String token = signedIn.text("token");

        Answer me = clients.get("/api/v1/me", bearer(token));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.text("email")).isEqualTo(email);
        assertThat(me.body().has("password_hash")).isFalse();

        assertThat(clients.post("/api/v1/auth/logout", null, bearer(token)).status())
                .isEqualTo(200);
        assertThat(clients.refresh(signedIn.text("refresh_token")).status()).isEqualTo(401);
        Eventually.await(
                "the token's end",
                Duration.ofSeconds(5),
                () -> clients.get("/api/v1/me", bearer(token)).status() == 401);
    }

    private static String codeIn(String mail) {
        Matcher matcher = CODE.matcher(mail);
        assertThat(matcher.find()).as(mail).isTrue();
        return matcher.group(1);
    }
}
