package com.brokerx.commons.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.TestDatabase;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private final Jdbi jdbi =
            TestDatabase.migrated("commons-test/migrations.xml").jdbi();
    private final Idempotency idempotency = new Idempotency(jdbi);

    @Test
    void givesTheFirstAnswerAgainWithoutDoingTheWorkAgain() {
        Response first = idempotency.once(key("k", "body"), tx -> created(tx, "one"));
        Response again = idempotency.once(key("k", "body"), tx -> created(tx, "two"));

        assertThat(first.getStatus()).isEqualTo(201);
        assertThat(again.getStatus()).isEqualTo(200);
        assertThat(again.getHeaderString("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.getEntity()).isEqualTo("{\"done\":\"one\"}");
        assertThat(effects()).containsExactly("one");
    }

    @Test
    void keepsARefusalAndItsStatus() {
        Problem problem = Problem.of(CommonCode.VALIDATION_FAILED, "no");
        idempotency.once(key("k", "body"), tx -> Idempotency.Answer.refusal(problem));

        Response again = idempotency.once(key("k", "body"), tx -> created(tx, "late"));

        assertThat(again.getStatus()).isEqualTo(422);
        assertThat(again.getMediaType()).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(effects()).isEmpty();
    }

    @Test
    void refusesTheSameKeyForAnotherBody() {
        idempotency.once(key("k", "body"), tx -> created(tx, "one"));

        assertThatThrownBy(() -> idempotency.once(key("k", "other"), tx -> created(tx, "two")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(CommonCode.IDEMPOTENCY_KEY_CONFLICT));
        assertThat(effects()).containsExactly("one");
    }

    @Test
    void forgetsAKeyWhoseWorkFailed() {
        assertThatThrownBy(() -> idempotency.once(key("k", "body"), tx -> {
                    created(tx, "lost");
                    throw new IllegalStateException("fault");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(idempotency.once(key("k", "body"), tx -> created(tx, "kept")).getStatus())
                .isEqualTo(201);
        assertThat(effects()).containsExactly("kept");
    }

    @Test
    void hasOneEffectWhenFiftyEqualRequestsArriveAtOnce() {
        List<Integer> answers = AtOnce.times(50, () -> idempotency
                .once(key("k", "body"), tx -> created(tx, "one"))
                .getStatus());

        assertThat(answers).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(effects()).containsExactly("one");
    }

    @Test
    void doesTheWorkEachTimeWithoutAKey() {
        idempotency.once(Optional.empty(), tx -> created(tx, "one"));
        idempotency.once(Optional.empty(), tx -> created(tx, "two"));

        assertThat(effects()).containsExactly("one", "two");
    }

    @Test
    void acceptsOnlyPrintableKeysOfBoundedLength() {
        assertThat(IdempotencyKey.check(null)).isEmpty();
        assertThat(IdempotencyKey.check("x".repeat(255))).isPresent();
        for (String bad : List.of("", "x".repeat(256), "tab\tkey", "ümlaut")) {
            assertThatThrownBy(() -> IdempotencyKey.check(bad)).as(bad).isInstanceOf(ProblemException.class);
        }
    }

    private static Optional<IdempotencyKey> key(String key, Object request) {
        return IdempotencyKey.of(key, "client-1", "deposit", request);
    }

    private static Idempotency.Answer created(Handle tx, String text) {
        tx.createUpdate("INSERT INTO effects (text) VALUES (:text)")
                .bind("text", text)
                .execute();
        return new Idempotency.Answer(201, Map.of("done", text));
    }

    private List<String> effects() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT text FROM effects ORDER BY position")
                .mapTo(String.class)
                .list());
    }
}
