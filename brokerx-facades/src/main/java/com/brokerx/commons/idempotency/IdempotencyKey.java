package com.brokerx.commons.idempotency;

import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes a repeated request the same request.
 *
 * @param scope whose key it is: a client's id, or a word for callers without one
 * @param operation what it is used for; the same key may serve another operation
 * @param key the caller's
 * @param requestHash SHA-256 of the request, so that a key cannot be used for something else
 */
public record IdempotencyKey(String scope, String operation, String key, byte[] requestHash) {

    public static final String HEADER = "Idempotency-Key";
    private static final Pattern ACCEPTED = Pattern.compile("[\\x20-\\x7e]{1,255}");

    /**
     * The key of a request, empty where the caller sent none.
     *
     * @throws com.brokerx.commons.problem.ProblemException 422 {@code invalid_idempotency_key}
     */
    public static Optional<IdempotencyKey> of(String header, Object scope, String operation, Object request) {
        return check(header).map(key -> new IdempotencyKey(scope.toString(), operation, key, hash(request)));
    }

    /** The header's value if it is a usable key. */
    public static Optional<String> check(String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (!ACCEPTED.matcher(header).matches()) {
            throw Problem.ofField(
                            CommonCode.INVALID_IDEMPOTENCY_KEY, HEADER, "has to have 1 to 255 printable characters")
                    .asException();
        }
        return Optional.of(header);
    }

    /** SHA-256 of the request as we understood it, so that white space and the order of fields do not matter. */
    public static byte[] hash(Object request) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(Json.mapper().writeValueAsString(request).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
