package com.brokerx.orders.stream;

import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;

/**
 * What the stream says.
 *
 * @param channel null where the message is not about one
 * @param sequence its number in the channel; of a snapshot the number that it stands for, of a gap the last one that was sent
 * @param code only of errors, as is {@code message}
 */
record ServerMessage(
        String type,
        String channel,
        Long sequence,
        Object data,
        @JsonInclude(JsonInclude.Include.NON_NULL) String code,
        @JsonInclude(JsonInclude.Include.NON_NULL) String message,
        Instant timestamp) {

    static ServerMessage snapshot(ChannelName channel, long sequence, Object data, Instant at) {
        return new ServerMessage("snapshot", channel.toString(), sequence, data, null, null, at);
    }

    /** How things stand that are no channel's. */
    static ServerMessage answer(String about, Object data, Instant at) {
        return new ServerMessage("snapshot", about, 0L, data, null, null, at);
    }

    static ServerMessage update(ChannelName channel, long sequence, Object data, Instant at) {
        return new ServerMessage("update", channel.toString(), sequence, data, null, null, at);
    }

    static ServerMessage gap(ChannelName channel, long lastSent, Instant at) {
        return new ServerMessage("gap", channel.toString(), lastSent, null, null, null, at);
    }

    static ServerMessage heartbeat(Instant at) {
        return new ServerMessage("heartbeat", null, null, null, null, null, at);
    }

    static ServerMessage error(String channel, StreamCode code, String message, Instant at) {
        return new ServerMessage("error", channel, null, null, code.wireName(), message, at);
    }

    /** As it goes over the wire, for however many readers; for messages that no commit caused. */
    Encoded encode() {
        return new Encoded(json(), null, null);
    }

    /** As {@link #encode()}, for an update. */
    Encoded encode(ChannelName.Kind kind, Instant committedAt) {
        return new Encoded(json(), kind, committedAt);
    }

    private byte[] json() {
        try {
            return Json.mapper().writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a message of type " + type + " has no JSON", impossible);
        }
    }
}
