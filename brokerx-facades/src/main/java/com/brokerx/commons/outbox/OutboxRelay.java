package com.brokerx.commons.outbox;

import com.brokerx.commons.auth.InternalTokenFilter;
import com.brokerx.commons.batch.Pace;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what stands in the outbox, one thread a destination. Several instances may run: a lease in the database decides which of
 * them serves a destination, so order is kept for each aggregate. No transaction is open while a request is under way; a crash
 * after the delivery and before its row is deleted delivers again, which the consumer's inbox makes harmless.
 */
public final class OutboxRelay implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final OutboxSettings settings;
    private final HttpClient http;
    private final String internalToken;
    private final InstantSource clock;
    private final String owner = Ids.next().toString();
    private final Map<String, Object> bells = new HashMap<>();
    private final Map<String, AtomicBoolean> rung = new HashMap<>();
    /** When the lease of a destination was taken, by {@link System#nanoTime}. */
    private final Map<String, Long> leases = new ConcurrentHashMap<>();

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    public OutboxRelay(
            Jdbi jdbi,
            Outbox outbox,
            OutboxSettings settings,
            HttpClient http,
            String internalToken,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.settings = settings;
        this.http = http;
        this.internalToken = internalToken;
        this.clock = clock;
        for (OutboxSettings.Subscriber subscriber : settings.subscribers()) {
            bells.put(subscriber.name(), new Object());
            rung.put(subscriber.name(), new AtomicBoolean());
        }
        outbox.onWake(this::ring);
    }

    @Override
    public void start() {
        running = true;
        for (OutboxSettings.Subscriber subscriber : settings.subscribers()) {
            threads.add(Thread.ofPlatform()
                    .name("relay-" + subscriber.name())
                    .daemon()
                    .start(() -> relayUntilStopped(subscriber)));
        }
    }

    @Override
    public void stop() throws InterruptedException {
        running = false;
        bells.keySet().forEach(this::ring);
        for (Thread thread : threads) {
            thread.join(settings.deadline().toJavaDuration());
        }
        leases.clear();
        settings.subscribers()
                .forEach(subscriber ->
                        jdbi.useExtension(OutboxStore.class, store -> store.release(subscriber.name(), owner)));
    }

    private void relayUntilStopped(OutboxSettings.Subscriber subscriber) {
        int failures = 0;
        Pace pace = new Pace(settings.pace());
        while (running) {
            try {
                pace.await();
                int taken = deliverOnce(subscriber);
                failures = 0;
                if (taken < settings.batchSize()) {
                    pace.after(taken);
                    rest(subscriber, settings.pollInterval().toJavaDuration());
                }
            } catch (DeliveryException | RuntimeException failed) {
                failures++;
                Duration wait = backoff(failures);
                LOG.warn(
                        "delivery to {} failed for the {}. time; trying again in {} ms: {}",
                        subscriber.name(),
                        failures,
                        wait.toMillis(),
                        failed.toString());
                pause(wait);
            }
        }
    }

    /**
     * Delivers what is due to one subscriber, up to a batch; tests drive the relay with it.
     *
     * @return how many events were taken up, 0 while another instance serves this subscriber
     * @throws DeliveryException when the subscriber cannot be reached or answers out of order; everything is kept
     */
    int deliverOnce(OutboxSettings.Subscriber subscriber) throws DeliveryException {
        String destination = subscriber.name();
        List<OutboxStore.Row> due = jdbi.withExtension(
                OutboxStore.class,
                store -> holdsLease(destination, store) ? store.due(destination, settings.batchSize()) : List.of());
        if (due.isEmpty()) {
            return 0;
        }
        EventEnvelope.Receipt receipt = post(subscriber, due);
        settle(destination, due, receipt);
        return due.size();
    }

    /**
     * Takes the lease or renews it, but not at every look: that would be a commit each time. What is left of it always outlasts one
     * delivery, so that nobody else starts on the same rows meanwhile.
     */
    private boolean holdsLease(String destination, OutboxStore store) {
        long now = System.nanoTime();
        Long taken = leases.get(destination);
        if (taken != null && now - taken < LEASE.toNanos()) {
            return true;
        }
        long seconds =
                LEASE.multipliedBy(2).plus(settings.deadline().toJavaDuration()).toSeconds();
        if (store.lease(destination, owner, seconds) == 0) {
            leases.remove(destination);
            return false;
        }
        leases.put(destination, now);
        return true;
    }

    private void settle(String destination, List<OutboxStore.Row> due, EventEnvelope.Receipt receipt) {
        Map<UUID, String> refused = new HashMap<>();
        receipt.refused().forEach(refusal -> refused.put(refusal.id(), refusal.reason()));
        Map<String, String> failed = new LinkedHashMap<>();
        List<OutboxStore.Row> done = new ArrayList<>();
        for (OutboxStore.Row row : due) {
            if (refused.containsKey(row.eventId())) {
                failed.putIfAbsent(
                        row.aggregate(), row.type() + " " + row.eventId() + ": " + refused.get(row.eventId()));
            } else {
                done.add(row);
            }
        }
        jdbi.useTransaction(tx -> {
            OutboxStore store = tx.attach(OutboxStore.class);
            store.delete(
                    destination, done.stream().mapToLong(OutboxStore.Row::id).toArray());
            store.forgive(
                    destination,
                    done.stream()
                            .map(OutboxStore.Row::aggregate)
                            .filter(aggregate -> !failed.containsKey(aggregate))
                            .distinct()
                            .toArray(String[]::new));
            failed.forEach((aggregate, error) -> {
                int attempts = store.fail(
                        destination,
                        aggregate,
                        error,
                        settings.firstRetry().toMilliseconds() / 1000.0,
                        settings.longestRetry().toSeconds(),
                        settings.parkAfter());
                LOG.warn("{} refused {} (attempt {}): {}", destination, aggregate, attempts, error);
            });
        });
    }

    private EventEnvelope.Receipt post(OutboxSettings.Subscriber subscriber, List<OutboxStore.Row> rows)
            throws DeliveryException {
        String id = rows.getFirst().eventId().toString();
        long timestamp = clock.instant().getEpochSecond();
        try {
            byte[] body = Json.mapper()
                    .writeValueAsBytes(new EventEnvelope.Batch(
                            rows.stream().map(OutboxRelay::envelope).toList()));
            HttpRequest request = HttpRequest.newBuilder(subscriber.url())
                    .timeout(settings.deadline().toJavaDuration())
                    .header("Content-Type", "application/json")
                    .header(InternalTokenFilter.HEADER, internalToken)
                    .header(WebhookSignature.ID_HEADER, id)
                    .header(WebhookSignature.TIMESTAMP_HEADER, Long.toString(timestamp))
                    .header(
                            WebhookSignature.SIGNATURE_HEADER,
                            WebhookSignature.sign(subscriber.secrets(), id, timestamp, body))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new DeliveryException("answered " + response.statusCode(), null);
            }
            return Json.mapper().readValue(response.body(), EventEnvelope.Receipt.class);
        } catch (IOException e) {
            throw new DeliveryException("could not be reached or understood", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException("interrupted", e);
        }
    }

    private static EventEnvelope envelope(OutboxStore.Row row) {
        try {
            return new EventEnvelope(
                    row.eventId(),
                    row.type(),
                    row.aggregate(),
                    row.occurredAt(),
                    row.requestId(),
                    row.traceparent(),
                    Json.mapper().readTree(row.payload()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outbox row " + row.id() + " holds no JSON", e);
        }
    }

    private Duration backoff(int failures) {
        long first = settings.firstRetry().toMilliseconds();
        long wait = Math.min(settings.longestRetry().toMilliseconds(), first << Math.min(failures - 1, 16));
        return Duration.ofMillis(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    private void rest(OutboxSettings.Subscriber subscriber, Duration atMost) {
        Object bell = bells.get(subscriber.name());
        synchronized (bell) {
            if (running && !rung.get(subscriber.name()).getAndSet(false)) {
                waitOn(bell, atMost);
                rung.get(subscriber.name()).set(false);
            }
        }
    }

    /** A failing destination is not hurried by new events. */
    private void pause(Duration wait) {
        Object nobody = new Object();
        long until = System.nanoTime() + wait.toNanos();
        while (running && System.nanoTime() < until) {
            synchronized (nobody) {
                waitOn(nobody, Duration.ofMillis(100));
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // waking early only means looking early
    private static void waitOn(Object monitor, Duration atMost) {
        try {
            monitor.wait(Math.max(1, atMost.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ring(String destination) {
        Object bell = bells.get(destination);
        if (!rung.get(destination).getAndSet(true)) {
            synchronized (bell) {
                bell.notifyAll();
            }
        }
    }

    /** The subscriber as a whole could not be served. */
    static final class DeliveryException extends Exception {
        private static final long serialVersionUID = 1L;

        DeliveryException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
