package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFile.HealthyRule;
import com.brokerx.local.gateway.config.KongFile.UnhealthyRule;
import java.util.EnumMap;
import java.util.Map;

/** Whether a target may be used, from successes and failures in a row, as Kong's health checker counts them. */
final class TargetHealth {

    /** Kong's names of the states; a target whose host is not on this machine is like a name that does not resolve. */
    enum State {
        HEALTHY,
        UNHEALTHY,
        HEALTHCHECKS_OFF,
        DNS_ERROR
    }

    enum Failure {
        HTTP,
        TCP,
        TIMEOUT
    }

    private final Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
    private int successes;
    private State state;

    TargetHealth(State initial) {
        this.state = initial;
    }

    synchronized State state() {
        return state;
    }

    boolean isUsable() {
        State now = state();
        return now == State.HEALTHY || now == State.HEALTHCHECKS_OFF;
    }

    void answered(int status, HealthyRule healthy, UnhealthyRule unhealthy) {
        if (unhealthy.httpStatuses().contains(status)) {
            failed(Failure.HTTP, unhealthy);
        } else if (healthy.httpStatuses().contains(status)) {
            succeeded(healthy);
        }
    }

    private synchronized void succeeded(HealthyRule rule) {
        failures.clear();
        successes++;
        if (state == State.UNHEALTHY && rule.successes() > 0 && successes >= rule.successes()) {
            state = State.HEALTHY;
        }
    }

    synchronized void failed(Failure kind, UnhealthyRule rule) {
        successes = 0;
        int count = failures.merge(kind, 1, Integer::sum);
        int limit =
                switch (kind) {
                    case HTTP -> rule.httpFailures();
                    case TCP -> rule.tcpFailures();
                    case TIMEOUT -> rule.timeouts();
                };
        if (state == State.HEALTHY && limit > 0 && count >= limit) {
            state = State.UNHEALTHY;
        }
    }
}
