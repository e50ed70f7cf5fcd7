package com.brokerx.commons.outbox;

import com.brokerx.commons.app.ServiceSettings;
import com.brokerx.commons.batch.PaceSettings;
import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Who hears of a service's events, and how they are delivered.
 *
 * @param subscribers each gets every event of the types it names
 * @param pollInterval how long the relay rests when it finds nothing; a commit wakes it earlier. 200 ms if left out
 * @param batchSize events in one request at most; 500 if left out
 * @param pace how long events gather between two requests; 2 ms for each of the last one, 100 ms at most, if left out
 * @param deadline a delivery's time to be answered; 10 s if left out
 * @param firstRetry the wait after a first failure, doubled after each further one, with jitter; 500 ms if left out
 * @param longestRetry the longest wait; 1 min if left out
 * @param parkAfter failures of one aggregate after which it is parked until somebody drives it again; 10 if left out
 */
public record OutboxSettings(
        @NotNull @Valid List<Subscriber> subscribers,
        Duration pollInterval,
        Integer batchSize,
        PaceSettings pace,
        Duration deadline,
        Duration firstRetry,
        Duration longestRetry,
        Integer parkAfter) {

    /** Nobody waits for it as for an answer, and the more travel together the less each of them costs the other side. */
    private static final PaceSettings PACE = new PaceSettings(Duration.milliseconds(2), Duration.milliseconds(100));

    /**
     * @param name the destination's name in tables and metrics
     * @param url its webhook
     * @param secrets the first signs; several where the receiver still accepts an older one
     * @param types names of events, for example {@code trade.executed}
     */
    public record Subscriber(
            @NotEmpty String name,
            @NotNull URI url,
            @NotEmpty List<String> secrets,
            @NotEmpty Set<String> types) {}

    public OutboxSettings {
        subscribers = List.copyOf(subscribers);
        pollInterval = pollInterval == null ? Duration.milliseconds(200) : pollInterval;
        batchSize = batchSize == null ? 500 : batchSize;
        pace = pace == null ? PACE : pace;
        deadline = deadline == null ? Duration.seconds(10) : deadline;
        firstRetry = firstRetry == null ? Duration.milliseconds(500) : firstRetry;
        longestRetry = longestRetry == null ? Duration.minutes(1) : longestRetry;
        parkAfter = parkAfter == null ? 10 : parkAfter;
    }

    /** @throws IllegalStateException when production would start with a development secret */
    public void requireOwnSecrets(ServiceSettings service) {
        subscribers.forEach(subscriber -> subscriber
                .secrets()
                .forEach(secret ->
                        service.requireOwnSecret("outbox.subscribers[" + subscriber.name() + "].secrets", secret)));
    }
}
