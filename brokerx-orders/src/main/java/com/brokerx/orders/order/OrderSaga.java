package com.brokerx.orders.order;

import com.brokerx.commons.app.LogContext;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.orders.writer.Books;
import com.brokerx.orders.writer.CommandOutcome;
import com.brokerx.orders.writer.OrderCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an order to its book: stores it, reserves its funds, then has the writer place it, or ends it. Once it is stored every step may
 * be done again, by another thread or instance too, so whoever finds an order that waits may run this.
 */
final class OrderSaga {

    private static final Logger LOG = LoggerFactory.getLogger(OrderSaga.class);

    private final Jdbi jdbi;
    private final Acceptance acceptance;
    private final Funds funds;
    private final Refusals refusals;
    private final Books books;
    private final TimedWaits waits;
    private final Duration patience;

    /** @param patience how long a request waits before it looks for the step that is late */
    OrderSaga(
            Jdbi jdbi,
            Acceptance acceptance,
            Funds funds,
            Refusals refusals,
            Books books,
            TimedWaits waits,
            Duration patience) {
        this.jdbi = jdbi;
        this.acceptance = acceptance;
        this.funds = funds;
        this.refusals = refusals;
        this.books = books;
        this.waits = waits;
        this.patience = patience;
    }

    /** What the steps of one new order come to. A step that is not to be done comes to null. */
    record Run(
            CompletableFuture<Acceptance.Outcome> stored,
            CompletableFuture<Funds.Outcome> reserved,
            CompletableFuture<CommandOutcome> placed) {}

    /**
     * Has a new order stored and brought to its book. Each step begins in the thread that has committed the one before, so orders that were
     * stored together go on together, and the request sleeps once instead of three times. Returns when there is no step left to wait
     * for, or something is late.
     *
     * @throws com.brokerx.commons.problem.UnavailableException when too many wait to be stored
     */
    Run begin(Acceptance.Draft draft) {
        CompletableFuture<Acceptance.Outcome> stored = acceptance.store(draft);
        CompletableFuture<Funds.Outcome> reserved = stored.thenCompose(LogContext.carry(
                outcome -> isWaiting(outcome) ? funds.begin(draft.order()) : CompletableFuture.completedFuture(null)));
        CompletableFuture<CommandOutcome> placed =
                reserved.thenCompose(LogContext.carry(outcome -> outcome instanceof Funds.Outcome.Reserved
                        ? books.begin(OrderCommand.Place.fresh(draft.order()))
                        : CompletableFuture.completedFuture(null)));
        sleepUntil(placed);
        return new Run(stored, reserved, placed);
    }

    private static boolean isWaiting(Acceptance.Outcome outcome) {
        return outcome instanceof Acceptance.Outcome.Stored stored && !stored.isRefused();
    }

    private void sleepUntil(CompletableFuture<?> last) {
        try {
            // Of a copy, as what is waited for in vain is given up.
            Object unused = waits.await(last.copy(), patience);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("an order did not come to its end at once; its steps are looked at one by one", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has become of an order that {@link #begin} has stored. */
    Order finish(Order stored, Run run) {
        return drive(
                stored,
                funds.finish(stored, run.reserved()),
                () -> books.finish(OrderCommand.Place.fresh(stored), run.placed()),
                true);
    }

    /**
     * For an order that was found waiting.
     *
     * @param giveUp whether to end the order if its funds cannot be asked for; otherwise it goes on waiting
     * @return the order as it stands now
     */
    Order resume(Order waiting, boolean giveUp) {
        return drive(waiting, funds.reserve(waiting), () -> books.submit(OrderCommand.Place.again(waiting)), giveUp);
    }

    private Order drive(Order order, Funds.Outcome outcome, Supplier<CommandOutcome> place, boolean giveUp) {
        return switch (outcome) {
            case Funds.Outcome.Reserved reserved -> placed(order, place.get());
            case Funds.Outcome.Insufficient(var detail) -> {
                OrderCode code = order.isBuy() ? OrderCode.INSUFFICIENT_FUNDS : OrderCode.INSUFFICIENT_SHARES;
                yield refusals.refuse(new Refusals.Refusal(order, code.wireName(), detail));
            }
            case Funds.Outcome.CurrencyMismatch(var detail) ->
                refusals.refuse(new Refusals.Refusal(order, OrderCode.CURRENCY_MISMATCH.wireName(), detail));
            case Funds.Outcome.Stale stale -> present(order);
            case Funds.Outcome.Unavailable unavailable ->
                giveUp
                        ? refusals.refuse(new Refusals.Refusal(
                                order,
                                CommonCode.SERVICE_UNAVAILABLE.wireName(),
                                "funds could not be reserved: portfolios is not available"))
                        : order;
        };
    }

    private Order placed(Order order, CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done(var placed) -> placed;
            case CommandOutcome.Refused(var present, var code) -> present;
            case CommandOutcome.Conflict(var present) -> present;
            case CommandOutcome.Undecided undecided -> present(order);
            case CommandOutcome.NotOwner notOwner -> present(order);
            case CommandOutcome.NotFound notFound ->
                throw new IllegalStateException("order " + order.id() + " is gone");
            case CommandOutcome.Expired expired -> throw new IllegalStateException("a placing cannot expire orders");
        };
    }

    private Order present(Order order) {
        return jdbi.withHandle(handle -> OrderStore.find(handle, order.id())).orElseThrow();
    }
}
