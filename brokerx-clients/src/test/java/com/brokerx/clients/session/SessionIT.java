package com.brokerx.clients.session;

import static com.brokerx.clients.RunningClients.INTERNAL_TOKEN;
import static com.brokerx.clients.RunningClients.PASSWORD;
import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final RunningClients clients = RunningClients.shared();

    private void awaitRefusal(RunningClients instance, String token) {
        Eventually.await(
                "the token's end",
                SOON,
                () -> instance.get("/api/v1/me", bearer(token)).status() == 401);
    }

    @Test
    void issuesTokensThatSayWhatTheContractPromises() {
        SignedIn signedIn = clients.signedIn();

        var claims = RunningClients.claims(signedIn.token());

        assertThat(claims)
                .containsEntry("iss", "brokerx")
                .containsEntry("sub", signedIn.id().toString())
                .containsKeys("sid", "jti", "roles");
        assertThat(claims.get("aud").toString()).contains("brokerx-api");
        assertThat((int) claims.get("exp") - (int) claims.get("iat")).isBetween(899, 900);
    }

    @Test
    void refreshesOnceAndRevokesTheFamilyOnReuse() {
        SignedIn signedIn = clients.signedIn();
        Answer second = clients.refresh(signedIn.refreshToken());
        Answer third = clients.refresh(second.text("refresh_token"));

        assertThat(second.body().fieldNames()).toIterable().containsExactly("token", "expires_at", "refresh_token");
        Answer reused = clients.refresh(signedIn.refreshToken());
        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.text("code")).isEqualTo("refresh_token_reused");
        assertThat(clients.refresh(third.text("refresh_token")).text("code")).isEqualTo("invalid_refresh_token");
        awaitRefusal(clients, third.text("token"));
    }

    @Test
    void answersTwoRefreshesAtOnceWithPairsThatWork() {
        SignedIn signedIn = clients.signedIn();

        List<Answer> answers = AtOnce.times(2, () -> clients.refresh(signedIn.refreshToken()));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(clients.get("/api/v1/me", bearer(answer.text("token"))).status())
                    .isEqualTo(200);
        });
    }

    @Test
    void refusesATokenAtEveryInstanceSoonAfterTheLogout() {
        SignedIn signedIn = clients.signedIn();
        try (RunningClients another = clients.another()) {
            assertThat(another.get("/api/v1/me", bearer(signedIn.token())).status())
                    .as("one instance's token is good at another")
                    .isEqualTo(200);

            assertThat(clients.post("/api/v1/auth/logout", "{}", bearer(signedIn.token()))
                            .status())
                    .isEqualTo(200);

            assertThat(clients.refresh(signedIn.refreshToken()).status()).isEqualTo(401);
            awaitRefusal(clients, signedIn.token());
            awaitRefusal(another, signedIn.token());
        }
    }

    @Test
    void tellsOtherServicesWhichSessionsEnded() {
        SignedIn signedIn = clients.signedIn();
        Object sessionId = RunningClients.claims(signedIn.token()).get("sid");
        Instant before = Instant.now();
        clients.post("/api/v1/auth/logout", null, bearer(signedIn.token()));

        Answer feed = clients.get("/internal/sessions/revoked?since=" + before, "X-Internal-Token", INTERNAL_TOKEN);

        assertThat(feed.status()).isEqualTo(200);
        assertThat(Instant.parse(feed.text("as_of"))).isBetween(before, Instant.now());
        assertThat(feed.body().path("sessions"))
                .extracting(session -> session.path("session_id").asText())
                .contains(sessionId.toString());
        assertThat(Instant.parse(feed.body().at("/sessions/0/tokens_end").asText()))
                .isAfter(before.plus(Duration.ofMinutes(14)));
        assertThat(clients.get("/internal/sessions/revoked").status()).isEqualTo(401);
        assertThat(clients.get("/internal/sessions/revoked?since=today", "X-Internal-Token", INTERNAL_TOKEN)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void showsWhereTheAccountIsSignedInAndEndsOneSession() {
        SignedIn first = clients.signedIn();
        SignedIn second = clients.signIn(first.id(), first.email(), PASSWORD);

        Answer list = clients.get("/api/v1/me/sessions", bearer(second.token()));

        assertThat(list.body().at("/meta/count").asInt()).isEqualTo(2);
        JsonNode newest = list.body().at("/data/0");
        JsonNode oldest = list.body().at("/data/1");
        assertThat(newest.path("current").asBoolean()).isTrue();
        assertThat(oldest.path("current").asBoolean()).isFalse();
        assertThat(oldest.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(oldest.path("user_agent").asText()).startsWith("Java-http-client");

        String path = "/api/v1/me/sessions/" + oldest.path("id").asText();
        assertThat(clients.call("DELETE", path, null, bearer(clients.signedIn().token()))
                        .status())
                .as("somebody else's session")
                .isEqualTo(404);
        assertThat(clients.call("DELETE", path, null, bearer(second.token())).status())
                .isEqualTo(200);
        assertThat(clients.call("DELETE", path, null, bearer(second.token())).status())
                .isEqualTo(404);
        awaitRefusal(clients, first.token());
        assertThat(clients.get("/api/v1/me/sessions", bearer(second.token()))
                        .body()
                        .path("data"))
                .hasSize(1);
    }

    @Test
    void pagesThroughSessions() {
        SignedIn signedIn = clients.signedIn();
        for (int i = 0; i < 4; i++) {
            clients.signIn(signedIn.id(), signedIn.email(), PASSWORD);
        }
        Answer first = clients.get("/api/v1/me/sessions?limit=3", bearer(signedIn.token()));
        Answer second = clients.get(
                "/api/v1/me/sessions?limit=3&cursor="
                        + first.body().at("/meta/next_cursor").asText(),
                bearer(signedIn.token()));

        assertThat(first.body().path("data")).hasSize(3);
        assertThat(second.body().path("data")).hasSize(2);
        assertThat(second.body().at("/meta/next_cursor").isNull()).isTrue();
        assertThat(clients.get("/api/v1/me/sessions?limit=0", bearer(signedIn.token()))
                        .status())
                .isEqualTo(422);
        assertThat(clients.get("/api/v1/me/sessions?cursor=x", bearer(signedIn.token()))
                        .status())
                .isEqualTo(422);
    }
}
