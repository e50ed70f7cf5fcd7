package com.brokerx.commons.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.trace.TraceContext;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import io.dropwizard.util.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sender and a receiver, each with a database of its own, and real HTTP between them. */
class OutboxTest {

    private static final java.time.Duration SOON = java.time.Duration.ofSeconds(20);

    private record Said(String who, String text) implements Event {
        @Override
        public String type() {
            return "test.said";
        }

        @Override
        public String aggregate() {
            return who;
        }
    }

    private final Jdbi sender =
            TestDatabase.migrated("commons-test/migrations.xml").jdbi();

    @AutoClose
    private final ListeningService other = new ListeningService();

    private OutboxSettings settings;
    private Outbox outbox;
    private OutboxRelay relay;

    @BeforeEach
    void connect() {
        settings = new OutboxSettings(
                List.of(new OutboxSettings.Subscriber("other", other.url(), List.of("secret"), Set.of("test.said"))),
                Duration.milliseconds(20),
                100,
                null,
                Duration.seconds(2),
                Duration.milliseconds(1),
                Duration.milliseconds(5),
                3);
        outbox = new Outbox(settings);
        relay = newRelay();
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        relay.stop();
    }

    @Test
    void deliversWhatWasCommittedInOrderAndForgetsIt() {
        say("a", "1", "2", "3");
        sender.useTransaction(tx -> {
            outbox.append(tx, new Said("a", "rolled back"));
            tx.rollback();
        });

        deliver();

        assertThat(other.heard()).containsExactly("a:1", "a:2", "a:3");
        assertThat(waiting()).isZero();
    }

    @Test
    void anEffectHappensOnceThoughTheAnswerIsLost() {
        say("a", "1", "2");
        other.losesAnswers = true;
        deliver();
        assertThat(waiting()).isEqualTo(2);

        other.losesAnswers = false;
        deliver();

        assertThat(other.heard()).containsExactly("a:1", "a:2");
        assertThat(waiting()).isZero();
    }

    @Test
    void theConsumerContinuesTheRequestAndItsTrace() {
        TraceContext cause = TraceContext.begin();
        try (var request = RequestId.enter("request-1");
                var trace = cause.enter()) {
            say("a", "1");
        }

        deliver();

        assertThat(other.continued).containsExactly("request-1 " + cause.toHeader());
    }

    @Test
    void keepsEverythingWhileTheReceiverIsDown() {
        other.isDown = true;
        say("a", "1");
        deliver();
        assertThat(waiting()).isEqualTo(1);

        other.isDown = false;
        deliver();

        assertThat(other.heard()).containsExactly("a:1");
    }

    @Test
    void aRefusedEventHoldsBackItsAggregateOnly() {
        other.refuse.add("a:2");
        say("a", "1", "2", "3");
        say("b", "1", "2");

        deliver();

        assertThat(other.heard()).containsExactly("a:1", "b:1", "b:2");
        assertThat(waiting()).isEqualTo(2);

        other.refuse.clear();
        Eventually.await("the retry", SOON, () -> {
            deliver();
            return waiting() == 0;
        });
        assertThat(other.heard()).endsWith("a:2", "a:3");
    }

    @Test
    void parksAnAggregateThatKeepsFailingUntilItIsDrivenAgain() {
        other.refuse.add("a:1");
        say("a", "1");
        Eventually.await("parking", SOON, () -> {
            deliver();
            return sender.withExtension(OutboxStore.class, OutboxStore::parked) == 1;
        });
        other.refuse.clear();
        deliver();
        assertThat(other.heard()).isEmpty();

        sender.useExtension(OutboxStore.class, OutboxStore::driveAgain);
        deliver();

        assertThat(other.heard()).containsExactly("a:1");
    }

    @Test
    void onlyOneOfTwoRelaysServesADestination() throws Exception {
        say("a", "1");
        deliver();
        OutboxRelay second = newRelay();
        say("a", "2");

        assertThat(second.deliverOnce(subscriber())).isZero();

        relay.stop(); // gives the lease back
        assertThat(second.deliverOnce(subscriber())).isEqualTo(1);
        second.stop();
    }

    @Test
    void aLeaseIsNotWrittenAnewAtEveryLook() {
        say("a", "1");
        deliver();
        Instant expiry = leaseExpiry();
        say("a", "2");
        deliver();

        assertThat(other.heard()).containsExactly("a:1", "a:2");
        assertThat(leaseExpiry()).isEqualTo(expiry);
    }

    private Instant leaseExpiry() {
        return sender.withHandle(handle -> handle.createQuery("SELECT expires_at FROM outbox_leases")
                .mapTo(Instant.class)
                .one());
    }

    @Test
    void aRunningRelayIsWokenByACommit() {
        relay.start();
        say("a", "1");
        outbox.wake();

        Eventually.await("delivery", SOON, () -> waiting() == 0);
        assertThat(other.heard()).containsExactly("a:1");
    }

    private OutboxRelay newRelay() {
        return new OutboxRelay(sender, outbox, settings, Foundation.newHttpClient(), "token", InstantSource.system());
    }

    private OutboxSettings.Subscriber subscriber() {
        return settings.subscribers().getFirst();
    }

    @Test
    void whatIsDueIsFoundAtOnceHoweverMuchWaits() {
        sender.useHandle(handle -> {
            handle.execute("""
                    INSERT INTO outbox (event_id, occurred_at, destination, aggregate, type, request_id, payload)
                    SELECT gen_random_uuid(), now(), 'other', 'a' || i % 7, 'test.said', 'r', '{}'
                    FROM generate_series(1, 20000) AS i""");
            handle.execute("ANALYZE outbox");
            handle.execute("SET enable_seqscan = off");
            handle.execute("SET plan_cache_mode = force_generic_plan");
            OutboxStore store = handle.attach(OutboxStore.class);
            long before = rowsRead(handle);

            // More often than it takes until the driver has the server keep a plan.
            for (int i = 0; i < 20; i++) {
                assertThat(store.due("other", 100)).hasSize(100);
                assertThat(store.due("somebody else", 100)).isEmpty();
            }

            assertThat(rowsRead(handle) - before).isEqualTo(20 * 100);
        });
    }

    private static long rowsRead(Handle handle) {
        handle.execute("SELECT pg_stat_force_next_flush()");
        return handle.createQuery("""
                        SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
                        FROM pg_stat_user_tables WHERE relname = 'outbox'""").mapTo(Long.class).one();
    }

    private void say(String who, String... texts) {
        sender.useTransaction(tx -> List.of(texts).forEach(text -> outbox.append(tx, new Said(who, text))));
    }

    private void deliver() {
        try {
            relay.deliverOnce(subscriber());
        } catch (OutboxRelay.DeliveryException expected) {
            assertThat(other.isDown || other.losesAnswers)
                    .as(expected.toString())
                    .isTrue();
        }
    }

    private long waiting() {
        return sender.withExtension(OutboxStore.class, OutboxStore::waiting);
    }
}
