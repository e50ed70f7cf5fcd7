package com.brokerx.facades.http;

import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * An answer that the other side gave on purpose: a success, or a refusal below 500.
 *
 * @param body never null; may be empty
 */
public record FacadeResponse(int status, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @throws FacadeProtocolException when the body is not what the contract says */
    public <T> T as(Class<T> type) {
        try {
            return Json.mapper().readValue(body, type);
        } catch (IOException e) {
            throw new FacadeProtocolException("an answer with status " + status + " that cannot be read", e);
        }
    }

    /** The {@code code} of a problem, or an empty string where there is none. */
    public String code() {
        return tree().path("code").asText("");
    }

    public String detail() {
        return tree().path("detail").asText("");
    }

    public JsonNode tree() {
        return as(JsonNode.class);
    }

    /** The fault of an answer that the contract does not provide for. */
    public FacadeProtocolException unexpected(String operation) {
        return new FacadeProtocolException(operation + " was answered with " + status, null);
    }
}
