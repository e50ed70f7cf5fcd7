package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ExecutionFeed;
import com.brokerx.orders.trade.ExecutionLog;
import com.brokerx.orders.trade.ReportType;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Stores new orders together with their keys, those of concurrent requests in one transaction. */
final class Acceptance implements Managed {

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
    }

    /** What became of it. */
    sealed interface Outcome {

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

        /** It has waited for too long and is not stored: recovery, which looks for an order once, might already have looked. */
        record Late() implements Outcome {}
    }

    private final Jdbi jdbi;
    private final ExecutionFeed feed;
    private final Integer maximumOpenOrders;
    private final Duration longestWait;
    private final InstantSource clock;
    private final GroupCommit<Draft, Outcome> batches;

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
        return batches.submitAsync(draft);
    }

    /** What became of the order that holds one of the ticket's keys already; empty where none does. */
    Optional<Outcome.Taken> find(Ticket ticket) {
        return ticket.requestHash() == null
                ? Optional.empty()
                : jdbi.withHandle(handle -> known(OrderStore.findByKeys(handle, ticket), ticket));
    }

    private List<Outcome> storeAll(List<Draft> drafts) {
        Instant oldest = clock.instant().minus(longestWait);
        List<Draft> inTime =
                drafts.stream().filter(draft -> !draft.isBefore(oldest)).toList();
        Iterator<Outcome> stored = inTime.isEmpty()
                ? Collections.emptyIterator()
                : storeInTime(inTime).iterator();
        return drafts.stream()
                .map(draft -> draft.isBefore(oldest) ? new Outcome.Late() : stored.next())
                .toList();
    }

    private List<Outcome> storeInTime(List<Draft> drafts) {
        Committed committed = Unreachable.asUnavailable(() -> jdbi.inTransaction(tx -> store(tx, drafts)));
        feed.committed(committed.refusals());
        return committed.outcomes();
    }

    private record Committed(List<Outcome> outcomes, List<Execution> refusals) {}

    private Committed store(Handle tx, List<Draft> wanted) {
        List<Draft> drafts = maximumOpenOrders == null ? wanted : withinLimits(tx, wanted);
        Set<UUID> stored =
                OrderStore.insert(tx, drafts.stream().map(Draft::order).toList());
        List<Execution> refusals = logRefusals(tx, drafts, stored);
        List<Outcome> outcomes = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            outcomes.add(
                    stored.contains(draft.order().id())
                            ? new Outcome.Stored(draft.order(), draft.text())
                            : known(
                                            OrderStore.findByKeys(
                                                    tx, draft.order().ticket()),
                                            draft.order().ticket())
                                    .orElseGet(Outcome.KeyConflict::new));
        }
        return new Committed(outcomes, refusals);
    }

    private static List<Execution> logRefusals(Handle tx, List<Draft> drafts, Set<UUID> stored) {
        List<Execution> refusals = drafts.stream()
                .filter(draft -> draft.order().status() == OrderStatus.REJECTED)
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
            boolean refused = draft.order().status() == OrderStatus.REJECTED;
            if (!refused && open.merge(draft.order().clientId(), 1, Integer::sum) > maximumOpenOrders) {
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
