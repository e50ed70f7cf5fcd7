package com.brokerx.orders.writer;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.order.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to the writer of a book, wherever it is: to the one here, or to the instance that owns the book. While a book has no
 * owner, or its owner does not answer, commands wait for the lease to move.
 */
public final class Books {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final GroupCommit<Submission, CommandOutcome> writer;
    private final Leases leases;
    private final Forwarder forwarder;
    private final WriterMetrics metrics;
    private final TimedWaits waits;
    private final Duration patience;

    Books(
            GroupCommit<Submission, CommandOutcome> writer,
            Leases leases,
            Forwarder forwarder,
            WriterMetrics metrics,
            TimedWaits waits,
            Duration patience) {
        this.writer = writer;
        this.leases = leases;
        this.forwarder = forwarder;
        this.metrics = metrics;
        this.waits = waits;
        this.patience = patience;
    }

    /** Has the command carried out and committed, or says {@link CommandOutcome.Undecided} after the time that is set. */
    public CommandOutcome submit(OrderCommand.OfOrder command) {
        long deadline = deadline();
        return await(command, begin(command), deadline);
    }

    /**
     * As {@link #submit}. A replacement whose answer is lost is tried again only as long as nobody has changed the order, since others may
     * have replaced it meanwhile; else it stays undecided.
     *
     * @param seen the order as it was when the replacement was begun
     */
    public CommandOutcome replace(Order seen, OrderCommand.Replace command) {
        long deadline = deadline();
        CommandOutcome first = result(begin(command), deadline);
        if (!isLost(first)) {
            return first;
        }
        OrderCommand.Replace again = command.onlyAt(seen.state().lockVersion());
        CommandOutcome later = untilFound(first, again, deadline);
        // It may be the first attempt that has changed the order.
        return later instanceof CommandOutcome.Conflict ? new CommandOutcome.Undecided() : later;
    }

    /** As {@link #submit}, for a command that is on its way already. */
    public CommandOutcome finish(OrderCommand.OfOrder command, CompletableFuture<CommandOutcome> begun) {
        return await(command, begun, deadline());
    }

    private long deadline() {
        return System.nanoTime() + patience.toNanos();
    }

    /** As {@link #submit}, for many commands at once; the outcomes stand in their order. */
    public List<CommandOutcome> submitAll(List<? extends OrderCommand.OfOrder> commands) {
        long deadline = deadline();
        List<CompletableFuture<CommandOutcome>> sent =
                GroupCommit.together(() -> commands.stream().map(this::begin).toList());
        List<CommandOutcome> outcomes = new ArrayList<>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            outcomes.add(await(commands.get(i), sent.get(i), deadline));
        }
        return outcomes;
    }

    /** Only if the book is owned here; for what another instance passed on, and for what the owner does by itself. */
    CompletableFuture<CommandOutcome> submitHere(OrderCommand command) {
        if (!leases.isHeld(command.symbol())) {
            return CompletableFuture.completedFuture(new CommandOutcome.NotOwner());
        }
        Submission submission = new Submission(command);
        CompletableFuture<CommandOutcome> outcome = writer.submitAsync(submission);
        return outcome.whenComplete((done, failed) -> metrics.answered(submission));
    }

    private CommandOutcome await(OrderCommand.OfOrder command, CompletableFuture<CommandOutcome> sent, long deadline) {
        // Whether the first attempt was carried out is not known: from now on the order is looked up.
        return untilFound(result(sent, deadline), again(command), deadline);
    }

    private CommandOutcome untilFound(CommandOutcome first, OrderCommand.OfOrder again, long deadline) {
        CommandOutcome outcome = first;
        while (isLost(outcome) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            outcome = result(begin(again), deadline);
        }
        return isLost(outcome) ? new CommandOutcome.Undecided() : outcome;
    }

    /** Sends the command on its way, without waiting; what has come of it, {@link #finish} says. Never fails. */
    public CompletableFuture<CommandOutcome> begin(OrderCommand.OfOrder command) {
        try {
            return leases.otherOwner(command.symbol())
                    .map(owner -> forwarder.send(owner, command))
                    .orElseGet(() -> submitHere(command));
        } catch (UnavailableException full) {
            return CompletableFuture.completedFuture(new CommandOutcome.Undecided());
        }
    }

    private CommandOutcome result(CompletableFuture<CommandOutcome> sent, long deadline) {
        try {
            return waits.await(sent, Duration.ofNanos(deadline - System.nanoTime()));
        } catch (TimeoutException late) {
            return new CommandOutcome.Undecided();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandOutcome.Undecided();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnavailableException) {
                return new CommandOutcome.Undecided();
            }
            throw new IllegalStateException("a command failed", failed.getCause());
        }
    }

    private static boolean isLost(CommandOutcome outcome) {
        return outcome instanceof CommandOutcome.NotOwner || outcome instanceof CommandOutcome.Undecided;
    }

    private static OrderCommand.OfOrder again(OrderCommand.OfOrder command) {
        return command instanceof OrderCommand.Place(var orderId, var symbol, var fresh)
                ? new OrderCommand.Place(orderId, symbol, null)
                : command;
    }
}
