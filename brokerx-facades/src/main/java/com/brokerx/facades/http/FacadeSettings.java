package com.brokerx.facades.http;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;

/**
 * How one service calls another. The defaults answer a caller within 2 seconds when the other side is down.
 *
 * @param url where it is, without a path
 * @param deadline the time for one attempt to be answered; 800 ms if left out
 * @param attempts how often an idempotent call is tried in all; 2 if left out
 * @param retryWait the wait before a further attempt, with jitter, doubled each time; 50 ms if left out
 * @param maximumConcurrentCalls more than these wait for {@code bulkheadWait}; 256 if left out
 * @param bulkheadWait how long a call waits for its turn; 500 ms if left out
 * @param failureRate per cent of failed calls at which the breaker opens; 50 if left out
 * @param breakerWindow over how many calls the rate is taken; 20 if left out
 * @param openFor how long an open breaker refuses calls before it tries again; 2 s if left out
 */
public record FacadeSettings(
        @NotNull URI url,
        Duration deadline,
        @Min(1) Integer attempts,
        Duration retryWait,
        @Min(1) Integer maximumConcurrentCalls,
        Duration bulkheadWait,
        Integer failureRate,
        Integer breakerWindow,
        Duration openFor) {

    public FacadeSettings {
        deadline = deadline == null ? Duration.milliseconds(800) : deadline;
        attempts = attempts == null ? 2 : attempts;
        retryWait = retryWait == null ? Duration.milliseconds(50) : retryWait;
        maximumConcurrentCalls = maximumConcurrentCalls == null ? 256 : maximumConcurrentCalls;
        bulkheadWait = bulkheadWait == null ? Duration.milliseconds(500) : bulkheadWait;
        failureRate = failureRate == null ? 50 : failureRate;
        breakerWindow = breakerWindow == null ? 20 : breakerWindow;
        openFor = openFor == null ? Duration.seconds(2) : openFor;
    }

    public static FacadeSettings to(URI url) {
        return new FacadeSettings(url, null, null, null, null, null, null, null, null);
    }
}
