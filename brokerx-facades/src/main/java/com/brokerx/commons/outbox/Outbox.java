package com.brokerx.commons.outbox;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.trace.TraceContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Where a service puts its events, in the transaction of the change that they tell of: either both are committed or none. The
 * {@link OutboxRelay} delivers them afterwards.
 *
 * <p>A row stands for one event and one destination and is deleted once delivered: the consumer's inbox and the tables of both sides
 * are the record of what happened, the outbox holds only what is under way (docs/decisions/0003-outbox.md).
 */
public final class Outbox {

    private static final String INSERT = """
            INSERT INTO outbox (event_id, destination, aggregate, type, payload, request_id, traceparent, occurred_at)
            SELECT event_id, destination, aggregate, type, payload, request_id, traceparent, now()
            FROM unnest(:ids::uuid[], :destinations::text[], :aggregates::text[], :types::text[], :payloads::text[],
                        :requests::text[], :traces::text[])
                 WITH ORDINALITY AS e (event_id, destination, aggregate, type, payload, request_id, traceparent, position)
            ORDER BY position""";

    private final List<OutboxSettings.Subscriber> subscribers;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    public Outbox(OutboxSettings settings) {
        this.subscribers = settings.subscribers();
    }

    /** Has {@code listener} called by {@link #wake} with the name of each destination that there is something for. */
    void onWake(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Tells the relay that something was committed; without it the relay looks by itself a little later. */
    public void wake() {
        subscribers.forEach(this::wake);
    }

    /** As above, and only where these events go to. */
    public void wake(List<Entry> committed) {
        subscribers.stream()
                .filter(subscriber -> committed.stream()
                        .anyMatch(entry ->
                                subscriber.types().contains(entry.event().type())))
                .forEach(this::wake);
    }

    private void wake(OutboxSettings.Subscriber subscriber) {
        listeners.forEach(listener -> listener.accept(subscriber.name()));
    }

    public void append(Handle transaction, Event event) {
        append(transaction, List.of(Entry.now(event)));
    }

    /**
     * One event that is to be appended, and what caused it.
     *
     * @param traceparent as {@link TraceContext#currentHeader()} was when it was caused
     */
    public record Entry(Event event, String requestId, Optional<String> traceparent) {

        /** Caused by something that stands in no trace, or in the current one. */
        public Entry(Event event, String requestId) {
            this(event, requestId, TraceContext.currentHeader());
        }

        /** Caused by the request that this thread is working on. */
        public static Entry now(Event event) {
            return new Entry(event, RequestId.currentOrNew());
        }
    }

    /** Appends all of them in one statement, in their order. */
    public void append(Handle transaction, List<Entry> entries) {
        Pipeline pipeline = new Pipeline(transaction);
        append(pipeline, entries);
        pipeline.run();
    }

    /** As above, together with other statements. */
    public void append(Pipeline pipeline, List<Entry> entries) {
        List<UUID> ids = new ArrayList<>();
        List<String> destinations = new ArrayList<>();
        List<String> aggregates = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        List<String> traces = new ArrayList<>();
        for (Entry entry : entries) {
            for (OutboxSettings.Subscriber subscriber : subscribers) {
                if (subscriber.types().contains(entry.event().type())) {
                    ids.add(Ids.next());
                    destinations.add(subscriber.name());
                    aggregates.add(entry.event().aggregate());
                    types.add(entry.event().type());
                    payloads.add(write(entry.event()));
                    requests.add(entry.requestId());
                    traces.add(entry.traceparent().orElse(null));
                }
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        pipeline.update(INSERT)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("destinations", destinations.toArray(String[]::new))
                .bind("aggregates", aggregates.toArray(String[]::new))
                .bind("types", types.toArray(String[]::new))
                .bind("payloads", payloads.toArray(String[]::new))
                .bind("requests", requests.toArray(String[]::new))
                .bind("traces", traces.toArray(String[]::new));
    }

    private static String write(Event event) {
        try {
            return Json.mapper().writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event that cannot be written as JSON", e);
        }
    }
}
