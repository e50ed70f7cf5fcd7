package com.brokerx.facades.clients;

import com.codahale.metrics.health.HealthCheck;
import java.time.Duration;

/**
 * Whether callers can be known. While the clients service is down nobody can sign in or out anyway, and known keys and ended sessions keep
 * their meaning: the service goes on with its work, is healthy, and says so. Without any key it can let nobody in, and is not
 * (docs/decisions/0017-health.md).
 */
public final class IdentityHealth extends HealthCheck {

    /** What starts together with the clients service may have to wait for it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final RemoteIdentity identity;

    public IdentityHealth(RemoteIdentity identity) {
        this.identity = identity;
    }

    @Override
    protected Result check() {
        Duration silence = identity.silence();
        if (silence.compareTo(GRACE) <= 0) {
            return Result.healthy();
        }
        return identity.knowsKeys()
                ? Result.healthy(
                        "the clients service has not answered for %d s; what was known of keys and ended sessions holds",
                        silence.toSeconds())
                : Result.unhealthy(
                        "the clients service has not answered for %d s and none of its keys is known: nobody can be let in",
                        silence.toSeconds());
    }
}
