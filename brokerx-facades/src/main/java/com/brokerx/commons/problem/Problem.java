package com.brokerx.commons.problem;

import com.brokerx.commons.app.RequestId;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error answer in the form of RFC 9457 ({@code application/problem+json}).
 *
 * @param code the stable reason; decides status and title
 * @param detail what is wrong in this very request, and what to do about it; never a class name, SQL or a stack trace
 * @param errors the fields at fault, empty where none are
 * @param extensions further members that a program may want, for example {@code order_id}
 * @param headers further response headers, for example {@code Retry-After}
 */
public record Problem(
        Code code,
        String detail,
        List<FieldError> errors,
        Map<String, Object> extensions,
        Map<String, String> headers) {

    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");
    private static final String TYPE_PREFIX = "urn:brokerx:problem:";

    /** One field at fault; {@code field} is its path in the request's JSON, in snake_case, or a parameter's name. */
    public record FieldError(String field, String message) {}

    public Problem {
        errors = List.copyOf(errors);
        extensions = Map.copyOf(extensions);
        headers = Map.copyOf(headers);
    }

    public static Problem of(Code code, String detail) {
        return new Problem(code, detail, List.of(), Map.of(), Map.of());
    }

    /** A problem of one field, which the detail names too. */
    public static Problem ofField(Code code, String field, String message) {
        return new Problem(code, field + " " + message, List.of(new FieldError(field, message)), Map.of(), Map.of());
    }

    public Problem with(String member, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(extensions);
        all.put(member, value);
        return new Problem(code, detail, errors, all, headers);
    }

    public Problem withError(String field, String message) {
        List<FieldError> all = new ArrayList<>(errors);
        all.add(new FieldError(field, message));
        return new Problem(code, detail, all, extensions, headers);
    }

    public Problem withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(code, detail, errors, extensions, all);
    }

    /** Adds {@code Retry-After}, in whole seconds, at least one. */
    public Problem retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return withHeader("Retry-After", Long.toString(seconds));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    public Response toResponse() {
        Response.ResponseBuilder response =
                Response.status(code.status()).type(MEDIA_TYPE).entity(toBody());
        headers.forEach(response::header);
        return response.build();
    }

    /** The JSON body's members in the order in which people like to read them. */
    public Map<String, Object> toBody() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPE_PREFIX + code.wireName());
        body.put("title", code.title());
        body.put("status", code.status());
        body.put("detail", detail);
        body.put("code", code.wireName());
        RequestId.current().ifPresent(id -> body.put("request_id", id));
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        body.putAll(extensions);
        return body;
    }

    /** The documented shape of {@link #toBody}, for the OpenAPI files. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Body(
            String type,
            String title,
            int status,
            String detail,
            String code,
            String requestId,
            List<FieldError> errors) {}
}
