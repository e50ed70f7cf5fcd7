package com.brokerx.orders.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.facades.orders.HttpBooksFacade;
import com.brokerx.testing.TestDatabase;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands of other instances while the writer is stuck. */
class BooksResourceTest {

    private static final int COMMANDS = 10;
    /** One after the other they would take 20 s. */
    private static final Duration TOGETHER = Duration.ofSeconds(8);

    private final CountDownLatch released = new CountDownLatch(1);
    private WriterRig rig;
    private GroupCommit<Submission, CommandOutcome> writer;
    private BooksResource resource;

    @BeforeEach
    void start() {
        rig = new WriterRig(TestDatabase.migrated("orders/migrations.xml"), "one").own();
        CollectorRegistry registry = new CollectorRegistry();
        writer = new GroupCommit<>("test", GroupCommitSettings.DEFAULT, new GroupCommit.Metrics(registry), this::write);
        Books books = new Books(
                writer, rig.leases, null, new WriterMetrics(registry), new TimedWaits(), Duration.ofSeconds(10));
        resource = new BooksResource(books, rig.leases, rig.board);
        writer.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        released.countDown();
        writer.stop();
    }

    private List<CommandOutcome> write(List<Submission> submissions) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return rig.writer.write(submissions);
    }

    @Test
    void manyStuckCommandsTakeNoLongerThanOne() {
        List<BooksFacade.Message> messages = IntStream.range(0, COMMANDS)
                .mapToObj(i -> new OrderCommand.Cancel(UUID.randomUUID(), "ZQUIET", null))
                .map(command -> new BooksFacade.Message(CommandCodec.encode(command), null))
                .toList();
        long begun = System.nanoTime();

        HttpBooksFacade.Results results = resource.submit(new HttpBooksFacade.Commands(messages));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TOGETHER);
        assertThat(results.results())
                .hasSize(COMMANDS)
                .extracting(BooksFacade.Result::status)
                .containsOnly(BooksFacade.Status.UNDECIDED);
    }
}
