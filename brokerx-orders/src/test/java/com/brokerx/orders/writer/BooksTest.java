package com.brokerx.orders.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.batch.PaceSettings;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.order.Direction;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.TestOrders;
import com.brokerx.testing.TestDatabase;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands whose answers get lost. */
class BooksTest {

    private final TimedWaits waits = new TimedWaits();
    private WriterRig rig;
    private GroupCommit<Submission, CommandOutcome> writer;
    private Books books;
    /** Committed right after the first command, whose answer is then lost; null where that one is not carried out. */
    private Runnable meanwhile;

    private int sent;
    private Order order;

    @BeforeEach
    void start() {
        rig = new WriterRig(TestDatabase.migrated("orders/migrations.xml"), "one").own();
        CollectorRegistry registry = new CollectorRegistry();
        writer = new GroupCommit<>("test", GroupCommitSettings.DEFAULT, new GroupCommit.Metrics(registry), this::write);
        books = new Books(writer, rig.leases, null, new WriterMetrics(registry), waits, Duration.ofSeconds(10));
        waits.start();
        writer.start();
        CommandOutcome placed = rig.place(TestOrders.pending(UUID.randomUUID(), Direction.SELL, 5, 10_000));
        order = ((CommandOutcome.Done) placed).order();
    }

    @AfterEach
    void stop() throws InterruptedException {
        writer.stop();
        waits.stop();
    }

    private List<CommandOutcome> write(List<Submission> submissions) {
        sent++;
        if (sent > 1) {
            return rig.writer.write(submissions);
        }
        if (meanwhile != null) {
            rig.writer.write(submissions);
            meanwhile.run();
        }
        throw new UnavailableException("the answer", Duration.ofSeconds(1));
    }

    private Order stored() {
        return rig.stored(order.id());
    }

    @Test
    void aReplacementIsNotDoneASecondTimeOverANewerOne() {
        meanwhile = () -> rig.write(TestReplacements.price(stored(), 10_200));

        CommandOutcome outcome = books.replace(order, TestReplacements.price(order, 10_100));

        assertThat(outcome).isEqualTo(new CommandOutcome.Undecided());
        assertThat(stored().terms().limitTicks()).isEqualTo(10_200);
        assertThat(sent).isEqualTo(2);
    }

    @Test
    void aReplacementThatWasDoneIsFoundDone() {
        meanwhile = () -> {};

        CommandOutcome outcome = books.replace(order, TestReplacements.price(order, 10_100));

        assertThat(outcome).isEqualTo(new CommandOutcome.Done(stored()));
        assertThat(stored().state().lockVersion()).isEqualTo(order.state().lockVersion() + 1);
    }

    @Test
    void aReplacementThatNeverArrivedIsDone() {
        CommandOutcome outcome = books.replace(order, TestReplacements.price(order, 10_100));

        assertThat(outcome).isEqualTo(new CommandOutcome.Done(stored()));
        assertThat(stored().terms().limitTicks()).isEqualTo(10_100);
    }

    @Test
    void aCommandThatComesAloneGoesWithThoseThatComeTogether() throws InterruptedException {
        List<Integer> batches = new CopyOnWriteArrayList<>();
        PaceSettings unhurried =
                new PaceSettings(io.dropwizard.util.Duration.seconds(10), io.dropwizard.util.Duration.seconds(60));
        GroupCommit<Submission, CommandOutcome> patient = new GroupCommit<>(
                "patient",
                new GroupCommitSettings(null, null, null, null, unhurried),
                new GroupCommit.Metrics(new CollectorRegistry()),
                submissions -> {
                    batches.add(submissions.size());
                    return rig.writer.write(submissions);
                });
        books = new Books(
                patient, rig.leases, null, new WriterMetrics(new CollectorRegistry()), waits, Duration.ofSeconds(10));
        patient.start();

        books.submitAll(List.of(cancelOfANewOrder(), cancelOfANewOrder(), cancelOfANewOrder()));
        OrderCommand.Cancel single = cancelOfANewOrder();
        List<OrderCommand.Cancel> two = List.of(cancelOfANewOrder(), cancelOfANewOrder());
        CompletableFuture<CommandOutcome> alone = CompletableFuture.supplyAsync(() -> books.submit(single));
        // Ample time for it to go by itself.
        LockSupport.parkNanos(100_000_000);
        assertThat(alone).isNotDone();
        books.submitAll(two);

        assertThat(alone.join()).isInstanceOf(CommandOutcome.Done.class);
        assertThat(batches).containsExactly(3, 3);
        patient.stop();
    }

    private OrderCommand.Cancel cancelOfANewOrder() {
        Order placed = ((CommandOutcome.Done) rig.place(TestOrders.pending(UUID.randomUUID(), Direction.BUY, 1, 9_000)))
                .order();
        return new OrderCommand.Cancel(placed.id(), placed.symbol(), null);
    }
}
