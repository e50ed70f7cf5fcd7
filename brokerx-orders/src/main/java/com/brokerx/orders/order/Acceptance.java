package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ExecutionFeed;
import com.brokerx.orders.trade.ExecutionLog;
import com.brokerx.orders.trade.ReportType;
import com.brokerx.orders.writer.HoldChange;
import com.brokerx.orders.writer.HoldStore;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What requests store before they ask for funds: new orders together with their keys, and changes of holds. Here requests that come
 * one by one gather ({@link GroupCommit}), and share a transaction.
 */
final class Acceptance implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

    private sealed interface Entry {}

    private record NewOrder(Draft draft) implements Entry {}

    private record HoldBeginning(HoldChange change) implements Entry {}

    private record HoldEnding(HoldChange change) implements Entry {}

    private sealed interface Result {}

    /** @param isAlone whether no other change of the order's hold is under way; otherwise nothing was stored */
    private record HoldBegun(boolean isAlone) implements Result {}

    private record HoldEnded() implements Result {}

    /**
     * An order to be stored.
     *
     * @param order waits for its funds, or is refused already
     * @param text why it is refused; null otherwise
     */
    record Draft(Order order, String text) {
        private boolean isBefore(Instant time) {
            return order.ticket().createdAt().isBefore(time);
        }

        private boolean isRefused() {
            return order.status() == OrderStatus.REJECTED;
        }
    }

    /** What became of it. */
    sealed interface Outcome extends Result {

        /** Stored; may have been refused on the way, for a limit that only the database knows. */
        record Stored(Order order, String text) implements Outcome {
            boolean isRefused() {
                return order.status() == OrderStatus.REJECTED;
            }
        }

        /** Not stored, as a key is taken. */
        sealed interface Taken extends Outcome {}

        /** There is an order with one of the keys already. */
        record Known(Order order) implements Taken {}

        /** There is an order with one of the keys, but this is another request. */
        record KeyConflict() implements Taken {}

        /**
         * Not stored: it has waited for too long, and recovery, which looks for an order once, might already have looked; or a key is taken,
         * and by whom could not be found out.
         */
        record NotStored() implements Outcome {}
    }

    private final Jdbi jdbi;
    private final ExecutionFeed feed;
    private final Integer maximumOpenOrders;
    private final Duration longestWait;
    private final InstantSource clock;
    private final GroupCommit<Entry, Result> batches;

    /** @param longestWait from the making of an order's id to the beginning of the transaction that stores it */
    Acceptance(
            Jdbi jdbi,
            ExecutionFeed feed,
            LimitSettings limits,
            Duration longestWait,
            InstantSource clock,
            GroupCommitSettings settings,
            GroupCommit.Metrics metrics) {
        this.jdbi = jdbi;
        this.feed = feed;
        this.maximumOpenOrders = limits.maximumOpenOrders();
        this.longestWait = longestWait;
        this.clock = clock;
        this.batches = new GroupCommit<>("orders-accept", settings, metrics, this::storeAll);
    }

    @Override
    public void start() {
        batches.start();
    }

    @Override
    public void stop() throws InterruptedException {
        batches.stop();
    }

    /**
     * Has it stored with others; the result fails with {@link UnavailableException} when the database is down.
     *
     * @throws UnavailableException when too many wait
     */
    CompletableFuture<Outcome> store(Draft draft) {
        return batches.submitAsync(new NewOrder(draft)).thenApply(Outcome.class::cast);
    }

    /**
     * Stores that a change of an order's hold begins; false while another one of it is under way.
     *
     * @throws UnavailableException when too many wait, or the database is down
     */
    boolean begin(HoldChange change) {
        return ((HoldBegun) batches.submit(new HoldBeginning(change))).isAlone();
    }

    /**
     * Forgets a change of a hold, unless it has got a newer version meanwhile.
     *
     * @throws UnavailableException when too many wait, or the database is down
     */
    void end(HoldChange change) {
        batches.submit(new HoldEnding(change));
    }

    /** What became of the order that holds one of the ticket's keys already; empty where none does. */
    Optional<Outcome.Taken> find(Ticket ticket) {
        return ticket.requestHash() == null
                ? Optional.empty()
                : jdbi.withHandle(handle -> known(OrderStore.findByKeys(handle, ticket), ticket));
    }

    private List<Result> storeAll(List<Entry> entries) {
        Instant oldest = clock.instant().minus(longestWait);
        List<Draft> inTime = new ArrayList<>(entries.size());
        List<HoldChange> beginning = new ArrayList<>();
        List<HoldChange> ending = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry) {
                case NewOrder(var draft) when draft.isBefore(oldest) -> {
                    // It is told so below.
                }
                case NewOrder(var draft) -> inTime.add(draft);
                case HoldBeginning(var change) -> beginning.add(change);
                case HoldEnding(var change) -> ending.add(change);
            }
        }
        Committed committed = inTime.isEmpty() && beginning.isEmpty() && ending.isEmpty()
                ? Committed.NOTHING
                : Unreachable.asUnavailable(() -> jdbi.inTransaction(tx -> store(tx, inTime, beginning, ending)));
        feed.committed(committed.refusals());
        Iterator<Draft> drafts = committed.drafts().iterator();
        return entries.stream()
                .<Result>map(entry -> switch (entry) {
                    case NewOrder(var draft) when draft.isBefore(oldest) -> new Outcome.NotStored();
                    case NewOrder newOrder -> outcome(drafts.next(), committed.stored());
                    case HoldBeginning(var change) ->
                        new HoldBegun(committed.begun().contains(change.id()));
                    case HoldEnding ended -> new HoldEnded();
                })
                .toList();
    }

    /**
     * @param drafts those that were to be stored, in their order; what a limit refuses has become a refusal
     * @param stored the ids of those whose keys were free
     */
    private record Committed(List<Draft> drafts, Set<UUID> stored, List<Execution> refusals, Set<UUID> begun) {
        static final Committed NOTHING = new Committed(List.of(), Set.of(), List.of(), Set.of());
    }

    private Committed store(Handle tx, List<Draft> wanted, List<HoldChange> beginning, List<HoldChange> ending) {
        List<Draft> drafts = maximumOpenOrders == null || wanted.isEmpty() ? wanted : withinLimits(tx, wanted);
        Pipeline pipeline = new Pipeline(tx);
        List<UUID> stored = drafts.isEmpty()
                ? List.of()
                : OrderStore.insert(pipeline, drafts.stream().map(Draft::order).toList())
                        .rows();
        List<Execution> refusals = List.of();
        if (drafts.stream().anyMatch(Draft::isRefused)) {
            pipeline.run();
            refusals = logRefusals(tx, drafts, Set.copyOf(stored));
        }
        // Last, as in the writer's transactions; and beginnings first, as they wait for endings of other instances.
        List<UUID> begun = beginning.isEmpty()
                ? List.of()
                : HoldStore.begin(pipeline, beginning, clock.instant()).rows();
        HoldStore.delete(pipeline, ending);
        pipeline.commit();
        return new Committed(drafts, Set.copyOf(stored), refusals, Set.copyOf(begun));
    }

    private Outcome outcome(Draft draft, Set<UUID> stored) {
        return stored.contains(draft.order().id())
                ? new Outcome.Stored(draft.order(), draft.text())
                : taken(draft.order().ticket());
    }

    /** The others are committed: that nothing can be learned of this one must not make them fail. */
    private Outcome taken(Ticket ticket) {
        try {
            return find(ticket).<Outcome>map(Function.identity()).orElseGet(Outcome.KeyConflict::new);
        } catch (RuntimeException failed) {
            LOG.warn("who holds the keys of an order could not be looked up", failed);
            return new Outcome.NotStored();
        }
    }

    private static List<Execution> logRefusals(Handle tx, List<Draft> drafts, Set<UUID> stored) {
        List<Execution> refusals = drafts.stream()
                .filter(Draft::isRefused)
                .filter(draft -> stored.contains(draft.order().id()))
                .map(draft -> Execution.of(
                        draft.order(),
                        ReportType.REJECTED,
                        draft.text(),
                        draft.order().ticket().createdAt()))
                .toList();
        return refusals.isEmpty() ? refusals : ExecutionLog.append(tx, refusals, Map.of());
    }

    private static Optional<Outcome.Taken> known(List<Order> holders, Ticket ticket) {
        if (holders.isEmpty()) {
            return Optional.empty();
        }
        boolean isSame = holders.size() == 1
                && Objects.equals(holders.getFirst().ticket().requestHash(), ticket.requestHash());
        return Optional.of(isSame ? new Outcome.Known(holders.getFirst()) : new Outcome.KeyConflict());
    }

    /** Refuses what goes beyond the number of open orders that a client may have; orders still on their way do not count. */
    private List<Draft> withinLimits(Handle tx, List<Draft> drafts) {
        Map<UUID, Integer> open = new HashMap<>(OrderStore.openOrders(
                tx, drafts.stream().map(draft -> draft.order().clientId()).toList()));
        List<Draft> checked = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            if (!draft.isRefused() && open.merge(draft.order().clientId(), 1, Integer::sum) > maximumOpenOrders) {
                String text = "a client may have " + maximumOpenOrders + " open orders at most";
                checked.add(new Draft(refused(draft.order()), text));
            } else {
                checked.add(draft);
            }
        }
        return checked;
    }

    private static Order refused(Order order) {
        Instant now = order.ticket().createdAt();
        return order.with(order.state().ended(OrderStatus.REJECTED, OrderCode.ORDER_LIMIT_EXCEEDED.wireName(), now));
    }
}
