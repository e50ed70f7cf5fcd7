package com.brokerx.testing;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.auth.Keys;
import com.brokerx.commons.auth.Revocations;
import com.brokerx.commons.auth.TokenSettings;
import com.brokerx.commons.auth.TokenVerifier;
import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signs access tokens for tests, as the clients service would, and can serve its key and its feed of ended sessions over HTTP, so
 * that another service can be tested without the clients service.
 */
public final class TestIdentity implements Keys, Revocations, AutoCloseable {

    public static final TokenSettings SETTINGS = new TokenSettings("brokerx", "brokerx-api", null);
    private static final String KEY_ID = "test-key";

    private final KeyPair keyPair = Jwts.SIG.ES256.keyPair().build();
    private final Map<UUID, Instant> revoked = new ConcurrentHashMap<>();
    private HttpServer server;

    /** An access token of a new session of this client. */
    public String token(UUID clientId, String... roles) {
        return token(new Caller(clientId, UUID.randomUUID(), Set.of(roles)), Instant.now(), Duration.ofMinutes(15));
    }

    public String token(Caller caller, Instant issuedAt, Duration lifetime) {
        return Jwts.builder()
                .header()
                .keyId(KEY_ID)
                .and()
                .issuer(SETTINGS.issuer())
                .audience()
                .add(SETTINGS.audience())
                .and()
                .subject(caller.clientId().toString())
                .claim("sid", caller.sessionId().toString())
                .claim("roles", List.copyOf(caller.roles()))
                .id(UUID.randomUUID().toString())
                .issuedAt(Date.from(issuedAt))
                .expiration(Date.from(issuedAt.plus(lifetime)))
                .signWith(keyPair.getPrivate(), Jwts.SIG.ES256)
                .compact();
    }

    public TokenVerifier verifier() {
        return new TokenVerifier(SETTINGS, this, this, InstantSource.system());
    }

    public void revoke(UUID sessionId) {
        revoked.put(sessionId, Instant.now().plus(Duration.ofMinutes(15)));
    }

    @Override
    public boolean isRevoked(UUID sessionId) {
        return revoked.containsKey(sessionId);
    }

    @Override
    public Optional<PublicKey> find(String keyId) {
        return KEY_ID.equals(keyId) ? Optional.of(keyPair.getPublic()) : Optional.empty();
    }

    /** Starts a small HTTP server with the two endpoints that other services use, and says where it is. */
    public synchronized URI serve() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            respond("/.well-known/jwks.json", () -> Map.of("keys", List.of(publicJwk())));
            respond(
                    "/internal/sessions/revoked",
                    () -> Map.of(
                            "sessions",
                            revoked.entrySet().stream()
                                    .map(e -> Map.of("session_id", e.getKey(), "tokens_end", e.getValue()))
                                    .toList(),
                            "as_of",
                            Instant.now()));
            server.start();
        }
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private Map<String, Object> publicJwk() {
        var jwk =
                Jwks.builder().key((ECPublicKey) keyPair.getPublic()).id(KEY_ID).build();
        Map<String, Object> values = new ConcurrentHashMap<>();
        jwk.forEach((name, value) -> values.put(name, value.toString()));
        return values;
    }

    private void respond(String path, java.util.function.Supplier<Object> body) {
        server.createContext(path, exchange -> {
            byte[] bytes = write(body.get()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    private static String write(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
