package com.brokerx.commons.idempotency;

import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Does what a key stands for once, and gives the first answer again to whoever repeats it. The key is stored in the transaction of
 * its effect; of two equal requests at once, the second waits for the first's commit and replays its answer. Refusals by a
 * business rule are answers too and are kept; faults are not.
 */
public final class Idempotency {

    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    private final Jdbi jdbi;

    public Idempotency(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * An answer as it is stored, and where what was made can be found, which only the first answer says.
     *
     * @param body the object that is written as JSON
     * @param location null where nothing has an address
     */
    public record Answer(int status, Object body, URI location) {
        public Answer(int status, Object body) {
            this(status, body, null);
        }

        /** @param path of what was made */
        public static Answer created(String path, Object body) {
            return new Answer(201, body, URI.create(path));
        }

        public static Answer refusal(Problem problem) {
            return new Answer(problem.code().status(), problem.toBody());
        }
    }

    private record Stored(byte[] requestHash, Integer status, String body) {}

    /**
     * Runs {@code work} in a transaction, together with its key where there is one.
     *
     * @param work makes the change and its answer; its transaction is rolled back when it throws
     * @return the answer, or the first one again: a success with status 200, a refusal with its own status
     */
    public Response once(Optional<IdempotencyKey> key, Function<Handle, Answer> work) {
        return jdbi.inTransaction(tx -> key.isEmpty() ? response(work.apply(tx)) : once(tx, key.get(), work));
    }

    private static Response once(Handle tx, IdempotencyKey key, Function<Handle, Answer> work) {
        if (insert(tx, key)) {
            Answer answer = work.apply(tx);
            store(tx, key, answer);
            return response(answer);
        }
        Stored first = find(tx, key);
        requireSameRequest(first, key);
        return replay(first.status(), first.body());
    }

    private static void requireSameRequest(Stored first, IdempotencyKey key) {
        if (!Arrays.equals(first.requestHash(), key.requestHash())) {
            throw conflict().asException();
        }
    }

    /** Where a key stands whose work takes more than one transaction, for example because it asks somebody else in between. */
    public sealed interface Claim {
        /** The key was new and is now taken; {@link #answer} has to follow. */
        record Taken() implements Claim {}

        /** Somebody is doing the work, or stopped in the middle of it. */
        record UnderWay() implements Claim {}

        /** @param body JSON as it was first sent */
        record Answered(int status, String body) implements Claim {
            public Response toResponse() {
                return replay(status, body);
            }
        }
    }

    /**
     * Takes the key, or says what became of it; waits for another transaction that is taking it.
     *
     * @throws com.brokerx.commons.problem.ProblemException 409 when it was used with another request
     */
    public Claim claim(Handle tx, IdempotencyKey key) {
        if (insert(tx, key)) {
            return new Claim.Taken();
        }
        Stored first = find(tx, key);
        requireSameRequest(first, key);
        return first.status() == null ? new Claim.UnderWay() : new Claim.Answered(first.status(), first.body());
    }

    /** Stores the answer of a key that was taken earlier; an answer that is there already stays. */
    public void answer(Handle tx, IdempotencyKey key, Answer answer) {
        store(tx, key, answer);
    }

    /** 409: the key was used with another request. */
    public static Problem conflict() {
        return Problem.of(
                CommonCode.IDEMPOTENCY_KEY_CONFLICT,
                "this key was used with another body; send a new key for a new request");
    }

    private static Response response(Answer answer) {
        return Response.status(answer.status())
                .type(mediaType(answer.status()))
                .location(answer.location())
                .entity(answer.body())
                .build();
    }

    private static Response replay(int firstStatus, String body) {
        boolean refusal = firstStatus >= 400;
        return Response.status(refusal ? firstStatus : 200)
                .type(mediaType(firstStatus))
                .header(REPLAYED_HEADER, "true")
                .entity(body)
                .build();
    }

    private static MediaType mediaType(int status) {
        return status >= 400 ? Problem.MEDIA_TYPE : MediaType.APPLICATION_JSON_TYPE;
    }

    private static boolean insert(Handle tx, IdempotencyKey key) {
        return tx.createUpdate("""
                                INSERT INTO idempotency_keys (scope, operation, key, request_hash)
                                VALUES (:scope, :operation, :key, :hash) ON CONFLICT DO NOTHING""")
                        .bind("scope", key.scope())
                        .bind("operation", key.operation())
                        .bind("key", key.key())
                        .bind("hash", key.requestHash())
                        .execute()
                == 1;
    }

    private static void store(Handle tx, IdempotencyKey key, Answer answer) {
        tx.createUpdate("""
                        UPDATE idempotency_keys SET status = :status, body = :body
                        WHERE scope = :scope AND operation = :operation AND key = :key AND status IS NULL""")
                .bind("status", answer.status())
                .bind("body", write(answer.body()))
                .bind("scope", key.scope())
                .bind("operation", key.operation())
                .bind("key", key.key())
                .execute();
    }

    private static Stored find(Handle tx, IdempotencyKey key) {
        return tx.createQuery("""
                        SELECT request_hash, status, body FROM idempotency_keys
                        WHERE scope = :scope AND operation = :operation AND key = :key""")
                .bind("scope", key.scope())
                .bind("operation", key.operation())
                .bind("key", key.key())
                .map((row, context) -> new Stored(
                        row.getBytes("request_hash"), row.getObject("status", Integer.class), row.getString("body")))
                .one();
    }

    private static String write(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an answer that cannot be written as JSON", e);
        }
    }
}
