package com.brokerx.commons.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event on the wire.
 *
 * @param id the same in every delivery; the consumer acts on it once
 * @param requestId the request that caused it, for the logs
 * @param traceparent where that request stands in a trace; null when it stands in none
 */
public record EventEnvelope(
        UUID id,
        String type,
        String aggregate,
        Instant occurredAt,
        String requestId,
        String traceparent,
        JsonNode data) {

    /** One whose cause stands in no trace. */
    public EventEnvelope(UUID id, String type, String aggregate, Instant occurredAt, String requestId, JsonNode data) {
        this(id, type, aggregate, occurredAt, requestId, null, data);
    }

    /** The body of one delivery: events in order. */
    public record Batch(List<EventEnvelope> events) {}

    /** The consumer's answer: which events it could not take, and why. The others are done. */
    public record Receipt(List<Refusal> refused) {}

    public record Refusal(UUID id, String reason) {}
}
