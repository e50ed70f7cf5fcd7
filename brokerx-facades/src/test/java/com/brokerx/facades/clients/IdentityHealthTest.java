package com.brokerx.facades.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityHealthTest {

    /** Answers while it is up. */
    private final class Clients implements ClientsFacade {
        private boolean up = true;

        @Override
        public JsonWebKeys keys() {
            requireUp();
            return new JsonWebKeys(List.of(Map.of(
                    "kty", "OKP",
                    "crv", "Ed25519",
                    "kid", "a",
                    "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")));
        }

        @Override
        public RevokedSessions revokedSessions(Instant since) {
            requireUp();
            return new RevokedSessions(List.of(), clock.instant());
        }

        private void requireUp() {
            if (!up) {
                throw new UnavailableException("clients", Duration.ofSeconds(1));
            }
        }
    }

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Clients clients = new Clients();
    private final RemoteIdentity identity = new RemoteIdentity(clients, clock);
    private final IdentityHealth health = new IdentityHealth(identity);

    @Test
    void goesOnWithKnownKeysAndSaysSo() {
        identity.follow();
        clients.up = false;
        clock.advance(Duration.ofSeconds(11));

        assertThatThrownBy(identity::follow).isInstanceOf(UnavailableException.class);

        assertThat(health.check().isHealthy()).isTrue();
        assertThat(health.check().getMessage()).contains("has not answered for 11 s");
        assertThat(identity.find("a")).isPresent();
    }

    @Test
    void isUnhealthyWithoutAnyKeyUntilTheClientsServiceAnswers() {
        clients.up = false;
        assertThat(health.check().isHealthy()).as("both may be starting").isTrue();
        clock.advance(Duration.ofSeconds(11));
        assertThat(health.check().isHealthy()).isFalse();

        clients.up = true;
        identity.follow();
        assertThat(health.check().isHealthy()).isTrue();
        assertThat(health.check().getMessage()).isNull();
    }
}
