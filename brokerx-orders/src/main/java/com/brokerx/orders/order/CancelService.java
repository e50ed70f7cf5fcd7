package com.brokerx.orders.order;

import com.brokerx.commons.app.LogContext;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.orders.writer.Books;
import com.brokerx.orders.writer.CommandOutcome;
import com.brokerx.orders.writer.Leases;
import com.brokerx.orders.writer.OrderCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Cancels orders. Of a cancel and a fill, the one that reaches the book first wins. */
public final class CancelService {

    /** Orders that are cancelled together. */
    private static final int AT_ONCE = 500;

    private static final UUID LAST = new UUID(-1L, -1L);

    /**
     * An order that is as it was.
     *
     * @param code why it could not be cancelled
     */
    public record Failure(UUID id, String code) {}

    /** What a cancel of all orders did. */
    public record Cancelled(List<UUID> cancelled, List<Failure> failed) {}

    private final Jdbi jdbi;
    private final Books books;
    private final Leases leases;

    CancelService(Jdbi jdbi, Books books, Leases leases) {
        this.jdbi = jdbi;
        this.books = books;
        this.leases = leases;
    }

    /**
     * Cancels an order; to cancel a cancelled one is a replay.
     *
     * @param clientVersion refuse where the order has changed since; null for any
     */
    public ChangeOutcome cancel(Caller caller, UUID orderId, Integer clientVersion) {
        LogContext.put(LogContext.ORDER_ID, orderId);
        Optional<Order> order = jdbi.withHandle(handle -> OrderStore.find(handle, orderId))
                .filter(found -> caller.mayActFor(found.clientId()));
        if (order.isEmpty()) {
            return new ChangeOutcome.NotFound();
        }
        return outcome(books.submit(new OrderCommand.Cancel(orderId, order.get().symbol(), clientVersion)));
    }

    private static ChangeOutcome outcome(CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done(var order) -> new ChangeOutcome.Changed(order);
            case CommandOutcome.Refused(var order, var code) -> new ChangeOutcome.Refused(done(order));
            case CommandOutcome.Conflict(var order) -> new ChangeOutcome.Conflict(order);
            case CommandOutcome.NotFound notFound -> new ChangeOutcome.NotFound();
            case CommandOutcome.NotOwner notOwner -> new ChangeOutcome.Undecided();
            case CommandOutcome.Undecided undecided -> new ChangeOutcome.Undecided();
            case CommandOutcome.Expired expired -> throw new IllegalStateException("a cancel cannot expire orders");
        };
    }

    /** 422: the order is done, or not yet open. */
    static Problem done(Order order) {
        String status = order.status().wireName();
        return Problem.of(OrderCode.INVALID_STATE, "the order is " + status)
                .with("order_id", order.id())
                .with("order_status", status);
    }

    /** Cancels what a client has in books or on the way there, in all symbols or one. */
    public Cancelled cancelAll(UUID clientId, Optional<String> symbol) {
        return cancelAll(clientId, symbol, LAST, null);
    }

    /** As {@link #cancelAll}, for a client whose connection was lost: what was placed later stays. */
    public Cancelled cancelLost(UUID clientId, Optional<String> symbol, Instant lostAt) {
        return cancelAll(clientId, symbol, TimeOrdered.first(lostAt), "cancelled since the connection was lost");
    }

    private Cancelled cancelAll(UUID clientId, Optional<String> symbol, UUID below, String text) {
        UUID waitingFrom = TimeOrdered.first(leases.recoveredEverywhere(symbol).minus(OrderRecovery.OVERLAP));
        List<UUID> cancelled = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        UUID after = new UUID(0, 0);
        List<Order> some;
        do {
            UUID from = after;
            some = jdbi.withHandle(
                    handle -> OrderStore.cancellable(handle, clientId, symbol, waitingFrom, from, below, AT_ONCE));
            List<CommandOutcome> outcomes = books.submitAll(some.stream()
                    .map(order -> new OrderCommand.Cancel(order.id(), order.symbol(), null, text))
                    .toList());
            for (int i = 0; i < some.size(); i++) {
                add(some.get(i), outcomes.get(i), cancelled, failed);
            }
            after = some.isEmpty() ? after : some.getLast().id();
        } while (some.size() == AT_ONCE);
        return new Cancelled(cancelled, failed);
    }

    private static void add(Order order, CommandOutcome outcome, List<UUID> cancelled, List<Failure> failed) {
        switch (outcome(outcome)) {
            case ChangeOutcome.Changed changed -> cancelled.add(order.id());
            case ChangeOutcome.Refused(var problem) ->
                failed.add(new Failure(order.id(), problem.code().wireName()));
            case ChangeOutcome.Conflict conflict ->
                failed.add(new Failure(order.id(), CommonCode.VERSION_CONFLICT.wireName()));
            case ChangeOutcome.NotFound notFound ->
                failed.add(new Failure(order.id(), CommonCode.NOT_FOUND.wireName()));
            case ChangeOutcome.Busy busy -> throw new IllegalStateException("a cancel waits for nothing");
            case ChangeOutcome.Undecided undecided ->
                failed.add(new Failure(order.id(), CommonCode.SERVICE_UNAVAILABLE.wireName()));
        }
    }
}
