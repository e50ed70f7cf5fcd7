package com.brokerx.clients.session;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import java.util.concurrent.TimeUnit;

/**
 * How long sign-ins last.
 *
 * @param accessTokenLifetime 15 minutes if left out; at most 30, since other services remember ended sessions for an hour
 * @param refreshTokenLifetime a session that is not refreshed for this long ends; 30 days if left out
 * @param sessionLifetime a session ends after this long, however busy it is; 90 days if left out
 * @param refreshGrace for how long the refresh token that was used last is answered again, for answers that got lost; 10 s if
 *     left out
 * @param addressHeader the header in which the gateway tells the caller's address; {@code X-Real-IP} if left out
 */
public record SessionSettings(
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) @MaxDuration(value = 30, unit = TimeUnit.MINUTES)
        Duration accessTokenLifetime,

        Duration refreshTokenLifetime,
        Duration sessionLifetime,
        Duration refreshGrace,
        String addressHeader) {

    public static final SessionSettings DEFAULT = new SessionSettings(null, null, null, null, null);

    public SessionSettings {
        accessTokenLifetime = accessTokenLifetime == null ? Duration.minutes(15) : accessTokenLifetime;
        refreshTokenLifetime = refreshTokenLifetime == null ? Duration.days(30) : refreshTokenLifetime;
        sessionLifetime = sessionLifetime == null ? Duration.days(90) : sessionLifetime;
        refreshGrace = refreshGrace == null ? Duration.seconds(10) : refreshGrace;
        addressHeader = addressHeader == null ? "X-Real-IP" : addressHeader;
    }
}
