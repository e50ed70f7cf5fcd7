package com.brokerx.clients.session;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.key.SigningKeys;
import com.brokerx.clients.key.SigningKeys.SigningKey;
import com.brokerx.commons.auth.TokenSettings;
import com.brokerx.commons.id.Ids;
import io.jsonwebtoken.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Signs access tokens: JWT (RFC 7519), ES256. */
public final class AccessTokens {

    private final TokenSettings settings;
    private final Duration lifetime;
    private final SigningKeys keys;

    public AccessTokens(TokenSettings settings, Duration lifetime, SigningKeys keys) {
        this.settings = settings;
        this.lifetime = lifetime;
        this.keys = keys;
    }

    Duration lifetime() {
        return lifetime;
    }

    String issue(Account account, UUID sessionId, Instant now, Instant end) {
        SigningKey signing = keys.current();
        return Jwts.builder()
                .header()
                .keyId(signing.id())
                .type("JWT")
                .and()
                .issuer(settings.issuer())
                .audience()
                .add(settings.audience())
                .and()
                .subject(account.id().toString())
                .claim("sid", sessionId.toString())
                .claim("roles", account.roles())
                .id(Ids.next().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(end))
                .signWith(signing.key(), Jwts.SIG.ES256)
                .compact();
    }
}
