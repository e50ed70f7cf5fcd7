package com.brokerx.commons.outbox;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.database.Database;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.Span;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes deliveries of events: checks the signature, and has the service act on those that are new, with their inbox rows in the
 * same transaction. If a batch fails, its events are done one by one, and a failed one holds back only its own aggregate. While the
 * database is away or others sit on its rows, the whole delivery fails, and no event is the worse for it.
 */
public final class WebhookReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

    /** What a service does with events. Called inside a transaction; to throw is to refuse. */
    @FunctionalInterface
    public interface Handler {
        void handle(Handle transaction, List<EventEnvelope> events);
    }

    private final Jdbi jdbi;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final Handler handler;

    public WebhookReceiver(Jdbi jdbi, WebhookSettings settings, InstantSource clock, Handler handler) {
        this.jdbi = jdbi;
        this.settings = settings;
        this.clock = clock;
        this.handler = handler;
    }

    /**
     * @param id header {@code webhook-id}
     * @param timestamp header {@code webhook-timestamp}, seconds since 1970
     * @param signature header {@code webhook-signature}
     * @param body the bytes that were signed
     * @throws com.brokerx.commons.problem.ProblemException 401 for a bad signature, 400 for a bad body
     */
    public EventEnvelope.Receipt receive(String id, String timestamp, String signature, byte[] body) {
        authenticate(id, timestamp, signature, body);
        return handle(parse(body));
    }

    private void authenticate(String id, String timestamp, String signature, byte[] body) {
        boolean valid = id != null
                && signature != null
                && timestamp != null
                && timestamp.matches("\\d{1,12}")
                && WebhookSignature.verify(
                        settings.secrets(),
                        id,
                        Long.parseLong(timestamp),
                        body,
                        signature,
                        clock.instant(),
                        settings.tolerance().toJavaDuration());
        if (!valid) {
            throw Problem.of(CommonCode.UNAUTHORIZED, "the webhook's signature is missing, wrong or too old")
                    .withHeader("WWW-Authenticate", "Signature realm=\"brokerx\"")
                    .asException();
        }
    }

    private static List<EventEnvelope> parse(byte[] body) {
        try {
            return Json.mapper().readValue(body, EventEnvelope.Batch.class).events();
        } catch (IOException e) {
            throw Problem.of(CommonCode.MALFORMED_JSON, "the delivery is no batch of events")
                    .asException();
        }
    }

    private EventEnvelope.Receipt handle(List<EventEnvelope> events) {
        try {
            inTransaction(events);
            return new EventEnvelope.Receipt(List.of());
        } catch (RuntimeException failed) {
            throwIfPassing(failed);
            LOG.warn("a delivery of {} events failed; doing them one by one", events.size(), failed);
            return oneByOne(events);
        }
    }

    private EventEnvelope.Receipt oneByOne(List<EventEnvelope> events) {
        List<EventEnvelope.Refusal> refused = new ArrayList<>();
        Set<String> blocked = new java.util.HashSet<>();
        for (EventEnvelope event : events) {
            if (blocked.contains(event.aggregate())) {
                refused.add(new EventEnvelope.Refusal(event.id(), "waits for an earlier event of its aggregate"));
                continue;
            }
            try {
                inTransaction(List.of(event));
            } catch (RuntimeException failed) {
                throwIfPassing(failed);
                logRefusal(event, failed);
                blocked.add(event.aggregate());
                refused.add(
                        new EventEnvelope.Refusal(event.id(), failed.getClass().getSimpleName()));
            }
        }
        return new EventEnvelope.Receipt(refused);
    }

    /** Under the id of the request that caused the event, and not of the delivery. */
    private static void logRefusal(EventEnvelope event, RuntimeException failed) {
        try (var request = RequestId.enter(requestIdOf(event));
                var id = MDC.putCloseable("event_id", event.id().toString())) {
            LOG.error("event {} of type {} was refused", event.id(), event.type(), failed);
        }
    }

    /** A fault of the moment and not of the events: the sender keeps all of them and comes again. */
    private static void throwIfPassing(RuntimeException failed) {
        if (failed instanceof UnavailableException || Database.isUnreachable(failed) || Database.isContended(failed)) {
            throw failed;
        }
    }

    private void inTransaction(List<EventEnvelope> events) {
        if (events.isEmpty()) {
            return;
        }
        List<String> causes = events.stream()
                .map(EventEnvelope::traceparent)
                .filter(Objects::nonNull)
                .toList();
        try (var scope = RequestId.enter(requestIdOf(events.getFirst()));
                Span span = Span.consumer(events.getFirst().type(), causes)) {
            jdbi.useTransaction(tx -> {
                Set<UUID> fresh =
                        Inbox.accept(tx, events.stream().map(EventEnvelope::id).collect(Collectors.toSet()));
                List<EventEnvelope> toDo = events.stream()
                        .filter(event -> fresh.contains(event.id()))
                        .toList();
                if (!toDo.isEmpty()) {
                    handler.handle(tx, toDo);
                }
            });
        }
    }

    private static String requestIdOf(EventEnvelope event) {
        return event.requestId() == null ? event.id().toString() : event.requestId();
    }
}
