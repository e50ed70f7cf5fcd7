package com.brokerx.orders.stream;

import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;

/**
 * What a client asks for.
 *
 * @param token with {@code authenticate}
 * @param channels with {@code subscribe} and {@code unsubscribe}
 * @param after with {@code subscribe} to {@code orders}: the last sequence that the client knows
 * @param within with {@code cancel_on_disconnect}: for how long nothing may be heard of the connection; {@code 0s} ends it
 * @param symbol with {@code cancel_on_disconnect}: only orders of this symbol; all if left out
 */
record ClientMessage(String action, String token, List<String> channels, Long after, String within, String symbol) {

    /** @throws MalformedException when it is not JSON, has an unknown field or a value of a wrong type */
    static ClientMessage parse(String text) throws MalformedException {
        try {
            ClientMessage message = Json.mapper().readValue(text, ClientMessage.class);
            if (message == null || message.action == null) {
                throw new MalformedException("action is missing");
            }
            return message;
        } catch (JsonProcessingException notOurs) {
            throw new MalformedException(notOurs.getOriginalMessage());
        }
    }

    /** The message cannot be understood. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }
}
