package com.brokerx.commons.auth;

import com.brokerx.commons.problem.UnavailableException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import java.security.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Turns an access token into its {@link Caller}: ES256 signature, issuer, audience, expiry and revocation. A token's signature
 * is checked once; expiry and revocation are checked every time.
 */
public final class TokenVerifier {

    private record Verified(Caller caller, Instant expiresAt) {}

    private final JwtParser parser;
    private final Revocations revocations;
    private final InstantSource clock;
    private final Cache<String, Verified> verified;

    public TokenVerifier(TokenSettings settings, Keys keys, Revocations revocations, InstantSource clock) {
        this.parser = Jwts.parser()
                .keyLocator(header -> header instanceof JwsHeader jws ? locate(keys, jws) : null)
                .sig()
                .clear()
                .add(Jwts.SIG.ES256)
                .and()
                .requireIssuer(settings.issuer())
                .requireAudience(settings.audience())
                .clock(() -> Date.from(clock.instant()))
                .build();
        this.revocations = revocations;
        this.clock = clock;
        this.verified =
                Caffeine.newBuilder().maximumSize(settings.cachedTokens()).build();
    }

    /**
     * The caller whom this token stands for, empty when it is forged, expired, revoked or no access token at all.
     *
     * @throws UnavailableException when its key cannot be fetched at the moment
     */
    public Optional<Caller> verify(String token) {
        Verified known = verified.getIfPresent(token);
        if (known == null) {
            Optional<Verified> parsed = parse(token);
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            known = parsed.get();
            verified.put(token, known);
        }
        if (!clock.instant().isBefore(known.expiresAt())) {
            verified.invalidate(token);
            return Optional.empty();
        }
        return revocations.isRevoked(known.caller().sessionId()) ? Optional.empty() : Optional.of(known.caller());
    }

    private Optional<Verified> parse(String token) {
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            if (claims.getExpiration() == null) {
                return Optional.empty();
            }
            Caller caller = new Caller(
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.get("sid", String.class)),
                    roles(claims));
            return Optional.of(new Verified(caller, claims.getExpiration().toInstant()));
        } catch (JwtException | IllegalArgumentException | NullPointerException notOurs) {
            return Optional.empty();
        }
    }

    private static Set<String> roles(Claims claims) {
        return claims.get("roles") instanceof List<?> roles
                ? roles.stream().map(String::valueOf).collect(java.util.stream.Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static Key locate(Keys keys, JwsHeader header) {
        if (header.getKeyId() == null) {
            throw new UnsupportedJwtException("a token names its key");
        }
        return keys.find(header.getKeyId()).orElseThrow(() -> new UnsupportedJwtException("unknown key"));
    }
}
