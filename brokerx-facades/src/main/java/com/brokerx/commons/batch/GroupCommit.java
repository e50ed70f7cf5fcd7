package com.brokerx.commons.batch;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.Span;
import com.brokerx.commons.trace.TraceContext;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets concurrent requests share one transaction: whoever waits while a batch is being committed goes into the next one. When many
 * do, the next one lets more gather for some time ({@link Pace}); a lone request is never held back.
 *
 * <p>What is handed over {@link #together} stays together: a worker that waits for its first item would else run off with that one
 * alone, and the others would pay for a transaction of their own. It has gathered somewhere else already, so it is not held back either,
 * and takes along whoever came alone meanwhile, where there is room.
 *
 * <p>If a batch fails, its items are done again one by one, so that one bad item does not take its neighbours down; the work
 * therefore has to leave nothing behind when it throws, as a transaction does. A batch that fails with
 * {@link UnavailableException} fails whole.
 *
 * <p>A batch carries on the trace and the request id of its first item, so that calls of other services and log lines can be followed;
 * the traces of the others are linked to it.
 *
 * @param <I> one request's part
 * @param <O> one request's result
 */
public final class GroupCommit<I, O> implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private record Waiting<I, O>(
            I item, Optional<String> requestId, Optional<String> traceparent, CompletableFuture<O> result) {

        Waiting(I item) {
            this(item, RequestId.current(), TraceContext.currentHeader(), new CompletableFuture<>());
        }
    }

    private final String name;
    private final GroupCommitSettings settings;
    private final Function<List<I>, List<O>> work;
    /**
     * Items on their way to a batch; none where a worker that waits for a first one is to look whether the process stops.
     *
     * @param gathered whether they were handed over together: then nothing is won by letting them wait for more
     */
    private record Arrival<I, O>(List<Waiting<I, O>> items, boolean gathered) {}

    private final BlockingQueue<Arrival<I, O>> queue = new LinkedBlockingQueue<>();
    /** How many of the arrivals in the queue have gathered. */
    private final AtomicInteger gatheredArrivals = new AtomicInteger();
    /** How many items wait in the queue, or are on their way there. */
    private final AtomicInteger queued = new AtomicInteger();
    /** What this thread is about to hand over. */
    private final ThreadLocal<List<Waiting<I, O>>> gathered = ThreadLocal.withInitial(ArrayList::new);
    /** To whom this thread is about to hand something over; null where it hands over each item by itself. */
    private static final ThreadLocal<Set<GroupCommit<?, ?>>> RECIPIENTS = new ThreadLocal<>();

    private final Pace pace;
    /** Held by the one worker that gathers a batch, so that two do not take half of one each. */
    private final Object gathering = new Object();
    /** The worker that lets a batch gather, while it does. */
    private volatile Thread patient;

    private final List<Thread> workers = new ArrayList<>();
    private final Histogram.Child batchSizes;
    private volatile boolean running;
    /** No worker looks into the queue any more. */
    private volatile boolean stopped;

    /**
     * @param name of the threads, and the label in the metrics
     * @param work does all items in one transaction and gives the results in the same order
     */
    public GroupCommit(String name, GroupCommitSettings settings, Metrics metrics, Function<List<I>, List<O>> work) {
        this.name = name;
        this.settings = settings;
        this.work = work;
        this.pace = new Pace(settings.pace());
        this.batchSizes = metrics.batchSizes.labels(name);
        metrics.queued.setChild(
                new Gauge.Child() {
                    @Override
                    public double get() {
                        return queued.get();
                    }
                },
                name);
    }

    /** The series of all group commits of a process. */
    public static final class Metrics {
        private final Histogram batchSizes;
        private final Gauge queued;

        public Metrics(CollectorRegistry registry) {
            batchSizes = Histogram.build("group_commit_batch_size", "Requests that shared one transaction")
                    .labelNames("batch")
                    .buckets(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
                    .register(registry);
            queued = Gauge.build("group_commit_queued", "Requests that wait for the next transaction")
                    .labelNames("batch")
                    .register(registry);
        }
    }

    @Override
    public void start() {
        running = true;
        for (int i = 0; i < settings.workers(); i++) {
            workers.add(Thread.ofPlatform().name(name + "-" + i).daemon().start(this::commitUntilStopped));
        }
    }

    /** Ends after what is queued has been done. */
    @Override
    public void stop() throws InterruptedException {
        running = false;
        enqueue(new Arrival<>(List.of(), true));
        for (Thread worker : workers) {
            worker.join(settings.stopTimeout().toJavaDuration());
        }
        stopped = true;
        refuseWhatIsLeft();
    }

    private void refuseWhatIsLeft() {
        List<Arrival<I, O>> left = new ArrayList<>();
        queue.drainTo(left);
        left.stream()
                .flatMap(arrival -> arrival.items().stream())
                .forEach(waiting -> waiting.result.completeExceptionally(new UnavailableException(name, RETRY_AFTER)));
    }

    /**
     * Does {@code item} together with whatever else is waiting, and returns after the commit.
     *
     * @throws UnavailableException when the queue is full or the process is stopping
     */
    public O submit(I item) {
        return join(submitAsync(item));
    }

    /** Waits for the result, or throws what the work has thrown. */
    public static <T> T join(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /**
     * As {@link #submit}, without waiting. What the caller adds to the result runs in the thread that commits, before it takes the next
     * batch, so it has to be quick.
     */
    public CompletableFuture<O> submitAsync(I item) {
        if (!running || !findsRoom()) {
            throw new UnavailableException(name, RETRY_AFTER);
        }
        Waiting<I, O> waiting = new Waiting<>(item);
        Set<GroupCommit<?, ?>> recipients = RECIPIENTS.get();
        if (recipients == null) {
            enqueue(new Arrival<>(List.of(waiting), false));
        } else {
            recipients.add(this);
            gathered.get().add(waiting);
        }
        return waiting.result;
    }

    /**
     * Does {@code work}, which must not wait for results: whatever it submits, to one or several group commits, gets there when it is done,
     * all at once. What one of them gets shares a transaction, as long as that is not more than a batch may have.
     */
    public static <T> T together(Supplier<T> work) {
        if (RECIPIENTS.get() != null) {
            return work.get();
        }
        Set<GroupCommit<?, ?>> recipients = new LinkedHashSet<>();
        RECIPIENTS.set(recipients);
        try {
            return work.get();
        } finally {
            RECIPIENTS.remove();
            recipients.forEach(GroupCommit::handOver);
        }
    }

    private boolean findsRoom() {
        boolean found = queued.incrementAndGet() <= settings.queueCapacity();
        if (!found) {
            queued.decrementAndGet();
        }
        return found;
    }

    private void handOver() {
        List<Waiting<I, O>> all = gathered.get();
        gathered.remove();
        for (int from = 0; from < all.size(); from += settings.maximumBatch()) {
            enqueue(new Arrival<>(all.subList(from, Math.min(all.size(), from + settings.maximumBatch())), true));
        }
    }

    private void enqueue(Arrival<I, O> arrival) {
        if (arrival.gathered()) {
            gatheredArrivals.incrementAndGet();
        }
        queue.add(arrival);
        if (arrival.gathered()) {
            LockSupport.unpark(patient);
        }
        if (stopped) {
            refuseWhatIsLeft();
        }
    }

    private void commitUntilStopped() {
        List<Waiting<I, O>> batch = new ArrayList<>(settings.maximumBatch());
        while (running || !queue.isEmpty()) {
            try {
                gather(batch);
            } catch (InterruptedException stopping) {
                return;
            }
            if (!batch.isEmpty()) {
                commit(batch);
                pace.after(batch.size());
                batch.clear();
            }
        }
    }

    private void gather(List<Waiting<I, O>> batch) throws InterruptedException {
        synchronized (gathering) {
            // Whoever came to its turn as the process began to stop has nothing to wait for.
            Arrival<I, O> first = running ? queue.take() : queue.poll();
            if (first == null) {
                return;
            }
            take(first, batch);
            if (!first.gathered()) {
                letOthersCome();
            }
            Arrival<I, O> next = queue.peek();
            // Who stops it may have lost patience and refused what was left.
            while (next != null && fits(next, batch) && queue.remove(next)) {
                take(next, batch);
                next = queue.peek();
            }
            queued.addAndGet(-batch.size());
            pace.after(batch.size());
        }
    }

    private void letOthersCome() {
        patient = Thread.currentThread();
        pace.await(() -> gatheredArrivals.get() == 0);
        patient = null;
    }

    private boolean fits(Arrival<I, O> arrival, List<Waiting<I, O>> batch) {
        return batch.size() + arrival.items().size() <= settings.maximumBatch();
    }

    private void take(Arrival<I, O> arrival, List<Waiting<I, O>> batch) {
        if (arrival.gathered()) {
            gatheredArrivals.decrementAndGet();
        }
        batch.addAll(arrival.items());
    }

    private void commit(List<Waiting<I, O>> batch) {
        batchSizes.observe(batch.size());
        try {
            complete(batch);
        } catch (UnavailableException down) {
            // What is missing would be missing for each of them alone, too.
            batch.forEach(waiting -> waiting.result.completeExceptionally(down));
        } catch (Throwable failed) {
            if (batch.size() == 1) {
                batch.getFirst().result.completeExceptionally(failed);
                return;
            }
            LOG.warn("a batch of {} in {} failed; doing its items one by one", batch.size(), name, failed);
            batch.forEach(waiting -> commit(List.of(waiting)));
        }
    }

    private void complete(List<Waiting<I, O>> batch) {
        List<O> results = apply(batch);
        if (results.size() != batch.size()) {
            throw new IllegalStateException(name + " gave " + results.size() + " results for " + batch.size());
        }
        // Those whose next step is in another batch go there together.
        List<O> unused = together(() -> {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result.complete(results.get(i));
            }
            return results;
        });
    }

    private List<O> apply(List<Waiting<I, O>> batch) {
        List<String> traces = batch.stream()
                .map(Waiting::traceparent)
                .flatMap(Optional::stream)
                .toList();
        try (Span span = Span.consumer(name, traces);
                RequestId.Scope id =
                        RequestId.enter(batch.getFirst().requestId().orElseGet(RequestId::currentOrNew))) {
            return work.apply(batch.stream().map(Waiting::item).toList());
        }
    }
}
