package com.brokerx.commons.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.TraceContext;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GroupCommitTest {

    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final List<Long> committedAt = new CopyOnWriteArrayList<>();
    private GroupCommit<Integer, Integer> commits;

    @AfterEach
    void stop() throws InterruptedException {
        commits.stop();
    }

    @Test
    void putsWhatArrivesDuringACommitIntoOneBatch() {
        CountDownLatch firstIsCommitting = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        start(GroupCommitSettings.DEFAULT, items -> {
            firstIsCommitting.countDown();
            await(release);
            return doubled(items);
        });

        CompletableFuture<Integer> first = commits.submitAsync(0);
        await(firstIsCommitting);
        List<CompletableFuture<Integer>> others = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            others.add(commits.submitAsync(i));
        }
        release.countDown();

        assertThat(first.join()).isZero();
        assertThat(others)
                .extracting(CompletableFuture::join)
                .startsWith(2, 4, 6)
                .endsWith(100);
        assertThat(batches).hasSize(2);
    }

    @Test
    void whatIsHandedOverTogetherSharesABatchThoughAWorkerWaits() {
        start(GroupCommitSettings.DEFAULT, GroupCommitTest::doubled);

        List<CompletableFuture<Integer>> results = GroupCommit.together(() -> {
            List<CompletableFuture<Integer>> handed = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                handed.add(commits.submitAsync(i));
                // Ample time for the worker to run off with the first ones.
                LockSupport.parkNanos(100_000);
            }
            return handed;
        });

        assertThat(results)
                .extracting(CompletableFuture::join)
                .startsWith(0, 2, 4)
                .hasSize(50);
        assertThat(batches).hasSize(1);
    }

    @Test
    void moreThanABatchMayHaveIsTakenInSeveral() {
        start(new GroupCommitSettings(20, null, null, null, null), GroupCommitTest::doubled);

        List<CompletableFuture<Integer>> results = GroupCommit.together(
                () -> IntStream.range(0, 50).mapToObj(commits::submitAsync).toList());

        assertThat(results).extracting(CompletableFuture::join).endsWith(98);
        assertThat(batches).extracting(List::size).containsExactly(20, 20, 10);
    }

    @Test
    void whoeverSharedABatchSharesTheNextStepToo() throws InterruptedException {
        start(GroupCommitSettings.DEFAULT, GroupCommitTest::doubled);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        GroupCommit<Integer, Integer> next = new GroupCommit<>(
                "next", GroupCommitSettings.DEFAULT, new GroupCommit.Metrics(new CollectorRegistry()), items -> {
                    sizes.add(items.size());
                    return items;
                });
        next.start();

        List<CompletableFuture<Integer>> results = GroupCommit.together(() -> IntStream.range(0, 50)
                .mapToObj(i -> commits.submitAsync(i).thenCompose(next::submitAsync))
                .toList());

        assertThat(results).extracting(CompletableFuture::join).endsWith(98);
        assertThat(sizes).containsExactly(50);
        next.stop();
    }

    @Test
    void answersEachRequestWithItsOwnResult() {
        start(GroupCommitSettings.DEFAULT, GroupCommitTest::doubled);

        assertThat(commits.submit(21)).isEqualTo(42);
    }

    @Test
    void aBatchGoesOnInTheTraceAndUnderTheIdOfItsFirstRequest() {
        CountDownLatch release = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        start(GroupCommitSettings.DEFAULT, items -> {
            await(release);
            seen.add(RequestId.current().orElseThrow() + " "
                    + TraceContext.currentHeader().orElse("no trace"));
            return doubled(items);
        });
        TraceContext trace = TraceContext.begin();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        try (RequestId.Scope id = RequestId.enter("request-1");
                TraceContext.Scope scope = trace.enter()) {
            results.add(commits.submitAsync(1));
        }
        release.countDown();
        results.forEach(CompletableFuture::join);
        commits.submit(2);

        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst()).isEqualTo("request-1 " + trace.toHeader());
        assertThat(seen.getLast()).doesNotContain("request-1").endsWith("no trace");
    }

    @Test
    void aBadItemFailsAloneAndItsNeighboursAreDone() {
        CountDownLatch release = new CountDownLatch(1);
        start(GroupCommitSettings.DEFAULT, items -> {
            await(release);
            if (items.contains(2)) {
                throw new IllegalArgumentException("two");
            }
            return doubled(items);
        });
        List<CompletableFuture<Integer>> results =
                List.of(commits.submitAsync(1), commits.submitAsync(2), commits.submitAsync(3));
        release.countDown();

        assertThat(results.get(0).join()).isEqualTo(2);
        assertThat(results.get(2).join()).isEqualTo(6);
        assertThatThrownBy(() -> commits.submit(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two");
    }

    @Test
    void refusesWhenTheQueueIsFullRatherThanGrowWithoutBound() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        start(new GroupCommitSettings(1, 2, 1, null, null), items -> {
            busy.countDown();
            await(release);
            return doubled(items);
        });
        CompletableFuture<Integer> working = commits.submitAsync(1);
        await(busy);
        List<CompletableFuture<Integer>> queued = List.of(commits.submitAsync(2), commits.submitAsync(3));

        assertThatThrownBy(() -> commits.submit(4)).isInstanceOf(UnavailableException.class);

        release.countDown();
        assertThat(working.join()).isEqualTo(2);
        assertThat(queued).extracting(CompletableFuture::join).containsExactly(4, 6);
    }

    @Test
    void refusesWhatIsHandedOverAfterItsEnd() {
        start(GroupCommitSettings.DEFAULT, GroupCommitTest::doubled);

        CompletableFuture<Integer> late = GroupCommit.together(() -> {
            CompletableFuture<Integer> submitted = commits.submitAsync(1);
            try {
                commits.stop();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return submitted;
        });

        assertThat(late)
                .failsWithin(java.time.Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(UnavailableException.class);
    }

    @Test
    void finishesWhatIsQueuedBeforeItStops() throws InterruptedException {
        start(GroupCommitSettings.DEFAULT, GroupCommitTest::doubled);
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            results.add(commits.submitAsync(i));
        }

        commits.stop();

        assertThat(results).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThatThrownBy(() -> commits.submit(1)).isInstanceOf(UnavailableException.class);
    }

    @Test
    @Timeout(30)
    void endsAllItsIdleWorkersAtOnce() throws InterruptedException {
        start(new GroupCommitSettings(null, null, 8, Duration.minutes(1), null), GroupCommitTest::doubled);

        commits.stop();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("test-0", "test-7");
    }

    @Test
    void letsRequestsGatherAfterABatchOfManyAndNeverHoldsALoneOneBack() {
        CountDownLatch firstIsCommitting = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        PaceSettings unhurried = new PaceSettings(Duration.milliseconds(300), Duration.seconds(10));
        start(new GroupCommitSettings(null, null, null, null, unhurried), items -> {
            firstIsCommitting.countDown();
            await(release);
            return doubled(items);
        });
        CompletableFuture<Integer> alone = commits.submitAsync(0);
        await(firstIsCommitting);
        List<CompletableFuture<Integer>> four = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            four.add(commits.submitAsync(i));
        }
        release.countDown();
        alone.join();
        four.forEach(CompletableFuture::join);

        CompletableFuture<Integer> early = commits.submitAsync(5);
        assertThat(commits.submit(6)).isEqualTo(12);

        assertThat(early).isCompletedWithValue(10);
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
        assertThat(committedAt.get(2) - committedAt.get(1))
                .as("three times 300 ms, less the end of a commit")
                .isGreaterThan(800_000_000);
    }

    @Test
    void whatHasGatheredGoesAtOnceAndTakesAlongWhoeverCameAlone() {
        PaceSettings unhurried = new PaceSettings(Duration.seconds(10), Duration.seconds(60));
        start(new GroupCommitSettings(null, null, null, null, unhurried), GroupCommitTest::doubled);
        together(1, 2, 3).forEach(CompletableFuture::join);

        together(4, 5).forEach(CompletableFuture::join);
        CompletableFuture<Integer> alone = commits.submitAsync(6);
        // Ample time for the worker to begin to wait for others.
        LockSupport.parkNanos(100_000_000);
        assertThat(alone).isNotDone();
        together(7, 8).forEach(CompletableFuture::join);

        assertThat(alone).isCompletedWithValue(12);
        assertThat(batches).containsExactly(List.of(1, 2, 3), List.of(4, 5), List.of(6, 7, 8));
    }

    private List<CompletableFuture<Integer>> together(Integer... items) {
        return GroupCommit.together(
                () -> Arrays.stream(items).map(commits::submitAsync).toList());
    }

    private void start(GroupCommitSettings settings, Function<List<Integer>, List<Integer>> work) {
        commits = new GroupCommit<>("test", settings, new GroupCommit.Metrics(new CollectorRegistry()), items -> {
            List<Integer> results = work.apply(items);
            batches.add(items);
            committedAt.add(System.nanoTime());
            return results;
        });
        commits.start();
    }

    private static List<Integer> doubled(List<Integer> items) {
        return items.stream().map(n -> n * 2).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
