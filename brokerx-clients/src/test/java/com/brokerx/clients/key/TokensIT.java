package com.brokerx.clients.key;

import static com.brokerx.clients.RunningClients.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.clients.RunningClients.SignedIn;
import com.brokerx.clients.key.SigningKeys.SigningKey;
import com.brokerx.clients.secret.SecretBox;
import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which bearers are let in, and that nobody can make one. */
class TokensIT {

    private final RunningClients clients = RunningClients.shared();
    private final SignedIn client = clients.signedIn();
    private final String sessionId =
            RunningClients.claims(client.token()).get("sid").toString();

    /** The service's own key, read from its database: each test changes one thing of a token that would be let in. */
    private SigningKey serviceKey() {
        SigningKeys keys = new SigningKeys(
                clients.jdbi(),
                new SecretBox(List.of("dev-key-encryption-secret")),
                KeySettings.DEFAULT,
                Duration.ofMinutes(15),
                InstantSource.system());
        keys.maintain();
        return keys.current();
    }

    private JwtBuilder claims(String kid) {
        Instant now = Instant.now();
        return Jwts.builder()
                .header()
                .keyId(kid)
                .and()
                .issuer("brokerx")
                .audience()
                .add("brokerx-api")
                .and()
                .subject(client.id().toString())
                .claim("sid", sessionId)
                .claim("roles", List.of())
                .id(UUID.randomUUID().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plusSeconds(900)));
    }

    private String signed(UnaryOperator<JwtBuilder> change) {
        SigningKey key = serviceKey();
        return change.apply(claims(key.id()))
                .signWith(key.key(), Jwts.SIG.ES256)
                .compact();
    }

    private Answer me(String token) {
        return clients.get("/api/v1/me", bearer(token));
    }

    private void assertRefused(String token) {
        Answer answer = me(token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("unauthorized");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    private PublicKey publicKey() throws Exception {
        JsonNode key = clients.get("/.well-known/jwks.json").body().at("/keys/0");
        return (PublicKey) Jwks.parser()
                .build()
                .parse(Json.mapper().writeValueAsString(key))
                .toKey();
    }

    @Test
    void letsATokenInThatIsSignedWithTheServicesKey() {
        assertThat(me(signed(UnaryOperator.identity())).status()).isEqualTo(200);
        assertThat(me(client.token()).status()).isEqualTo(200);
    }

    @Test
    void refusesTokensOfAnotherIssuerOrForAnotherAudience() {
        assertRefused(signed(token -> token.issuer("somebody")));
        assertRefused(signed(token -> token.claim("aud", "another-api")));
    }

    @Test
    void refusesTokensThatHaveEndedOrNeverEnd() {
        assertRefused(signed(token -> token.expiration(Date.from(Instant.now().minusSeconds(1)))));
        assertRefused(signed(token -> token.expiration(null)));
    }

    @Test
    void refusesTokensThatLackASubjectOrASession() {
        assertRefused(signed(token -> token.subject(null)));
        assertRefused(signed(token -> token.subject("admin")));
        assertRefused(signed(token -> token.claim("sid", null)));
    }

    @Test
    void refusesUnsignedTokens() {
        assertRefused(claims(serviceKey().id()).compact());
        String payload = client.token().split("\\.", -1)[1];
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        assertRefused(none + "." + payload + ".");
        assertRefused(client.token().substring(0, client.token().lastIndexOf('.') + 1));
    }

    @Test
    void refusesTokensSignedWithThePublicKeyAsASharedSecret() throws Exception {
        byte[] asSecret = publicKey().getEncoded();
        Key hmac = Keys.hmacShaKeyFor(asSecret);

        assertRefused(claims(serviceKey().id()).signWith(hmac).compact());
    }

    @Test
    void refusesTokensSignedWithAnotherKey() {
        Key another = Jwts.SIG.ES256.keyPair().build().getPrivate();

        assertRefused(claims(serviceKey().id()).signWith(another).compact());
        assertRefused(claims("no-such-key").signWith(another).compact());
        assertRefused(claims(null).signWith(another).compact());
    }

    @Test
    void refusesTokensThatWereChanged() {
        String[] parts = client.token().split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"roles\":[]", "\"roles\":[\"admin\"]");
        String changed =
                Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));

        assertThat(changed).isNotEqualTo(parts[1]);
        assertRefused(parts[0] + "." + changed + "." + parts[2]);
    }

    @Test
    void refusesWhatIsNoBearerAtAll() {
        for (String header : List.of("Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YTpi", "bearer", "x")) {
            Answer answer = clients.get("/api/v1/me", "Authorization", header);
            assertThat(answer.status()).as(header).isEqualTo(401);
            assertThat(answer.text("code")).isEqualTo("unauthorized");
        }
    }

    @Test
    void goesOnWithTokensOfTheOldKeyWhileTheNewOneSigns() {
        try (RunningClients rotating = RunningClients.start("clients.keys.publishAhead=1ms")) {
            SignedIn before = rotating.signedIn();
            Answer rotated = RunningClients.send("POST", rotating.adminUri("/tasks/clients-rotate-signing-keys"), "");
            assertThat(rotated.status()).isEqualTo(200);

            SignedIn after = rotating.signedIn();

            assertThat(kid(after)).isNotEqualTo(kid(before));
            assertThat(rotating.get("/.well-known/jwks.json").body().path("keys"))
                    .extracting(key -> key.path("kid").asText())
                    .contains(kid(before), kid(after));
            assertThat(rotating.get("/api/v1/me", bearer(before.token())).status())
                    .isEqualTo(200);
            assertThat(rotating.get("/api/v1/me", bearer(after.token())).status())
                    .isEqualTo(200);
        }
    }

    private static String kid(SignedIn client) {
        byte[] header = Base64.getUrlDecoder().decode(client.token().split("\\.", -1)[0]);
        String json = new String(header, StandardCharsets.UTF_8);
        return json.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }
}
