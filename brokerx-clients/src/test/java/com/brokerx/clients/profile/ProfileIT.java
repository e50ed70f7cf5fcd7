package com.brokerx.clients.profile;

import static com.brokerx.clients.RunningClients.PASSWORD;
import static com.brokerx.clients.RunningClients.anyEmail;
import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.testing.Eventually;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final RunningClients clients = RunningClients.shared();

    private void awaitRefusal(String token) {
        Eventually.await(
                "the token's end",
                SOON,
                () -> clients.get("/api/v1/me", bearer(token)).status() == 401);
    }

    @Test
    void readsAndChangesOnesOwnAccount() {
        SignedIn ann = clients.signedIn();
        String path = "/api/v1/clients/" + ann.id();

        assertThat(clients.get(path, bearer(ann.token())).text("email")).isEqualTo(ann.email());
        assertThat(clients.call("PATCH", path, "{\"name\":\" Anna \"}", bearer(ann.token()))
                        .text("name"))
                .isEqualTo("Anna");
        assertThat(clients.call("PATCH", path, "{\"client\":{\"name\":\"Annie\"}}", bearer(ann.token()))
                        .text("name"))
                .isEqualTo("Annie");
        Answer changed = clients.call("PATCH", "/api/v1/me", "{\"name\":\"Ann\"}", bearer(ann.token()));
        assertThat(changed.text("name")).isEqualTo("Ann");
        assertThat(changed.text("updated_at")).isGreaterThan(changed.text("created_at"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | validation_failed",
                "{\"name\":\"\"} | validation_failed",
                "{\"name\":true} | validation_failed",
                "{\"client\":{}} | validation_failed",
                "{\"email\":\"other@example.com\"} | unknown_field",
                "{\"status\":\"active\"} | unknown_field"
            })
    void refusesBadChanges(String body, String code) {
        SignedIn ann = clients.signedIn();

        Answer answer = clients.call("PATCH", "/api/v1/clients/" + ann.id(), body, bearer(ann.token()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    @Test
    void showsNobodyElsesAccount() {
        String token = clients.signedIn().token();
        SignedIn other = clients.signedIn();
        String path = "/api/v1/clients/" + other.id();

        assertThat(clients.get(path, bearer(token)).status()).isEqualTo(404);
        assertThat(clients.call("PATCH", path, "{\"name\":\"Mallory\"}", bearer(token))
                        .status())
                .isEqualTo(404);
        assertThat(clients.call("DELETE", path, null, bearer(token)).status()).isEqualTo(404);
        assertThat(clients.get(path).status()).isEqualTo(401);
        assertThat(clients.get("/api/v1/clients/" + UUID.randomUUID(), bearer(token))
                        .status())
                .isEqualTo(404);
        assertThat(clients.get("/api/v1/me", bearer(other.token())).text("name"))
                .isEqualTo("Ann Example");
    }

    @Test
    void closesAnAccountForEver() {
        SignedIn ann = clients.signedIn();

        Answer closed = clients.call("DELETE", "/api/v1/clients/" + ann.id(), null, bearer(ann.token()));

        assertThat(closed.status()).as(closed.http().body()).isEqualTo(200);
        assertThat(closed.text("status")).isEqualTo("closed");
        assertThat(clients.refresh(ann.refreshToken()).status()).isEqualTo(401);
        awaitRefusal(ann.token());
        assertThat(clients.login(ann.email(), PASSWORD).text("code")).isEqualTo("invalid_credentials");
        assertThat(clients.register(ann.email()).text("code")).isEqualTo("email_taken");
        String admin = clients.signedInAdmin().token();
        assertThat(clients.post("/api/v1/clients/" + ann.id() + "/reactivate", null, bearer(admin))
                        .text("code"))
                .isEqualTo("invalid_state");
    }

    @Test
    void suspendsAndReactivatesByAnAdministratorsCall() {
        SignedIn ann = clients.signedIn();
        String email = ann.email();
        Answer waiting = clients.login(email, PASSWORD);
        String admin = clients.signedInAdmin().token();
        String path = "/api/v1/clients/" + ann.id();

        Answer suspended = clients.post(path + "/suspend", null, bearer(admin));
        assertThat(suspended.text("status")).isEqualTo("suspended");
        assertThat(clients.post(path + "/suspend", "{}", bearer(admin)).status())
                .as("a second time changes nothing")
                .isEqualTo(200);
        awaitRefusal(ann.token());
        assertThat(clients.refresh(ann.refreshToken()).status()).isEqualTo(401);
        assertThat(clients.verifyMfa(waiting.text("session_token"), waiting.text("mfa_code"))
                        .status())
                .isEqualTo(401);
        assertThat(clients.login(email, "password124").text("code")).isEqualTo("invalid_credentials");
        Answer login = clients.login(email, PASSWORD);
        assertThat(login.status()).isEqualTo(403);
        assertThat(login.text("code")).isEqualTo("account_suspended");

        assertThat(clients.post(path + "/reactivate", null, bearer(admin)).text("status"))
                .isEqualTo("active");
        assertThat(clients.get(
                                "/api/v1/me",
                                bearer(clients.signIn(ann.id(), email, PASSWORD).token()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void keepsAdministratorsCallsFromOthers() {
        SignedIn ann = clients.signedIn();
        SignedIn admin = clients.signedInAdmin();
        String path = "/api/v1/clients/" + ann.id();

        assertThat(clients.post(path + "/suspend", null, bearer(ann.token())).status())
                .isEqualTo(403);
        assertThat(clients.get("/api/v1/clients", bearer(ann.token())).text("code"))
                .isEqualTo("forbidden");
        assertThat(clients.get("/api/v1/clients").status()).isEqualTo(401);
        assertThat(clients.post("/api/v1/clients/" + UUID.randomUUID() + "/suspend", null, bearer(admin.token()))
                        .status())
                .isEqualTo(404);
        String own = clients.get("/api/v1/me", bearer(admin.token())).text("id");
        assertThat(clients.post("/api/v1/clients/" + own + "/suspend", null, bearer(admin.token()))
                        .text("code"))
                .isEqualTo("invalid_state");
    }

    @Test
    void doesNotSuspendWhoHasNotVerifiedYet() {
        String id = clients.register(anyEmail()).body().at("/client/id").asText();
        String admin = clients.signedInAdmin().token();

        Answer answer = clients.post("/api/v1/clients/" + id + "/suspend", null, bearer(admin));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("detail")).isEqualTo("the account is pending");
    }

    @Test
    void listsAccountsForAdministratorsNewestFirst() {
        SignedIn ann = clients.signedIn();
        clients.register(anyEmail());
        String admin = clients.signedInAdmin().token();

        Answer found =
                clients.get("/api/v1/clients?email=" + ann.email().toUpperCase(java.util.Locale.ROOT), bearer(admin));
        Answer pending = clients.get("/api/v1/clients?status=pending&limit=2", bearer(admin));
        Answer first = clients.get("/api/v1/clients?limit=1", bearer(admin));
        Answer second = clients.get(
                "/api/v1/clients?limit=1&cursor="
                        + first.body().at("/meta/next_cursor").asText(),
                bearer(admin));

        assertThat(found.body().path("data")).hasSize(1);
        assertThat(found.body().at("/data/0/id").asText()).isEqualTo(ann.id().toString());
        assertThat(pending.body().path("data"))
                .isNotEmpty()
                .allSatisfy(client -> assertThat(client.path("status").asText()).isEqualTo("pending"));
        assertThat(second.body().at("/data/0/id").asText())
                .isLessThan(first.body().at("/data/0/id").asText());
        assertThat(clients.get("/api/v1/clients?status=happy", bearer(admin)).status())
                .isEqualTo(422);
        assertThat(clients.get("/api/v1/clients?email=%00", bearer(admin)).status())
                .isEqualTo(422);
        assertThat(clients.get("/api/v1/clients/" + ann.id(), bearer(admin)).status())
                .isEqualTo(200);
    }
}
