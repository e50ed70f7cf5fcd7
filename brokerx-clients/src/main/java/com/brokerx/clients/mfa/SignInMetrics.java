package com.brokerx.clients.mfa;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** How sign-ins go, by step and outcome; a rise of refusals is somebody guessing. */
public final class SignInMetrics {

    /** The two steps of signing in. */
    public enum Step {
        PASSWORD,
        CODE
    }

    private final Counter steps;

    public SignInMetrics(CollectorRegistry registry) {
        this.steps = Counter.build("clients_sign_in_steps_total", "Steps of sign-ins by outcome")
                .labelNames("step", "outcome")
                .register(registry);
    }

    /** Counts a step; whoever is told to wait or to verify first is refused too. */
    public void count(Step step, boolean accepted) {
        steps.labels(step.name().toLowerCase(Locale.ROOT), accepted ? "accepted" : "refused")
                .inc();
    }
}
