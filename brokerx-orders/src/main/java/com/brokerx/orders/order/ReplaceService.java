package com.brokerx.orders.order;

import com.brokerx.commons.app.LogContext;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.writer.Books;
import com.brokerx.orders.writer.CommandOutcome;
import com.brokerx.orders.writer.HoldChange;
import com.brokerx.orders.writer.OrderCommand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;

/**
 * Replaces orders by the rules of FIX. What is held for the order goes up before the book hears of it, and down afterwards; of a
 * replacement and a fill, the one that reaches the book first wins.
 */
public final class ReplaceService {

    /** Others may change the order between our look and the book's: so often we look again. */
    private static final int ATTEMPTS = 5;

    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final MarketData market;
    private final PreTradeRules rules;
    private final HoldChanges holds;
    private final Funds funds;
    private final Books books;
    private final InstantSource clock;

    ReplaceService(
            Jdbi jdbi,
            Instruments instruments,
            MarketData market,
            PreTradeRules rules,
            HoldChanges holds,
            Funds funds,
            Books books,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.market = market;
        this.rules = rules;
        this.holds = holds;
        this.funds = funds;
        this.books = books;
        this.clock = clock;
    }

    /**
     * Gives an open order new terms.
     *
     * @throws UnavailableException when the portfolios service cannot be asked for more; the order stays as it is
     */
    public ChangeOutcome replace(Caller caller, UUID orderId, ReplaceOrder wanted) {
        LogContext.put(LogContext.ORDER_ID, orderId);
        Optional<ChangeOutcome> outcome = Optional.empty();
        Order order = null;
        for (int i = 0; i < ATTEMPTS && outcome.isEmpty(); i++) {
            if (i > 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            order = jdbi.withHandle(handle -> OrderStore.find(handle, orderId))
                    .filter(found -> caller.mayActFor(found.clientId()))
                    .orElse(null);
            outcome = order == null ? Optional.of(new ChangeOutcome.NotFound()) : attempt(order, wanted);
        }
        Order last = order;
        return outcome.orElseGet(() -> new ChangeOutcome.Busy(last));
    }

    /** Empty when somebody else changes the order at the same time. */
    private Optional<ChangeOutcome> attempt(Order order, ReplaceOrder wanted) {
        if (!order.status().isOpen()) {
            return Optional.of(new ChangeOutcome.Refused(CancelService.done(order)));
        }
        if (wanted.clientVersion() != null
                && wanted.clientVersion() != order.state().lockVersion()) {
            return Optional.of(new ChangeOutcome.Conflict(order));
        }
        Instrument instrument = instruments.get(order.symbol());
        return switch (rules.checkReplace(order, wanted, instrument, market.of(instrument), clock.instant())) {
            case Verdict.Unusable(var problem) -> Optional.of(new ChangeOutcome.Refused(problem));
            case Verdict.Refused(var terms, var code, var detail) -> Optional.of(refused(order, code, detail));
            case Verdict.Fit(var terms) ->
                terms.equals(order.terms())
                        ? Optional.of(new ChangeOutcome.Changed(order))
                        : raiseAndReplace(order, terms, wanted.clientVersion());
        };
    }

    private Optional<ChangeOutcome> raiseAndReplace(Order order, Terms terms, Integer clientVersion) {
        Optional<HoldChange> begun = holds.begin(order, terms);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        HoldChange change = begun.get();
        if (!change.asked()) {
            return replaceInBook(order, terms, change, clientVersion);
        }
        return switch (funds.reserve(order, change.authorized(), change.version())) {
            case Funds.Outcome.Reserved reserved -> replaceInBook(order, terms, change, clientVersion);
            case Funds.Outcome.Insufficient(var detail) -> {
                // An attempt that was given up before may still arrive, and find the money there.
                holds.abandon(change);
                yield Optional.of(refused(
                        order, order.isBuy() ? OrderCode.INSUFFICIENT_FUNDS : OrderCode.INSUFFICIENT_SHARES, detail));
            }
            case Funds.Outcome.CurrencyMismatch(var detail) -> {
                holds.abandon(change);
                yield Optional.of(refused(order, OrderCode.CURRENCY_MISMATCH, detail));
            }
            case Funds.Outcome.Stale stale -> {
                holds.drop(change);
                yield Optional.empty();
            }
            // The hold may have gone up; the change is stored and recovery sees to it.
            case Funds.Outcome.Unavailable unavailable -> throw new UnavailableException("portfolios", RETRY_AFTER);
        };
    }

    private Optional<ChangeOutcome> replaceInBook(Order order, Terms terms, HoldChange change, Integer clientVersion) {
        CommandOutcome outcome = books.replace(
                order, new OrderCommand.Replace(order.id(), order.symbol(), terms, change, clientVersion));
        return switch (outcome) {
            case CommandOutcome.Done(var replaced) -> {
                holds.finish(order.id());
                yield Optional.of(new ChangeOutcome.Changed(replaced));
            }
            case CommandOutcome.Refused(var present, var code) -> {
                holds.finish(order.id());
                yield Optional.of(
                        code == OrderCode.INVALID_STATE
                                ? new ChangeOutcome.Refused(CancelService.done(present))
                                : refused(present, code, whyInBook(code)));
            }
            case CommandOutcome.Conflict(var present) -> {
                holds.finish(order.id());
                yield clientVersion == null ? Optional.empty() : Optional.of(new ChangeOutcome.Conflict(present));
            }
            case CommandOutcome.NotFound notFound -> Optional.of(new ChangeOutcome.NotFound());
            case CommandOutcome.NotOwner notOwner -> Optional.of(new ChangeOutcome.Undecided());
            case CommandOutcome.Undecided undecided -> Optional.of(new ChangeOutcome.Undecided());
            case CommandOutcome.Expired expired -> throw new IllegalStateException("a replace cannot expire orders");
        };
    }

    /** What can have happened between our look at the order and the book's. */
    private static String whyInBook(OrderCode code) {
        return switch (code) {
            case POST_ONLY_WOULD_CROSS -> "the order would trade at once";
            case SYMBOL_HALTED -> "a halt came first";
            case MARKET_CLOSED -> "the market closed first";
            default -> "a fill came first";
        };
    }

    private static ChangeOutcome refused(Order order, OrderCode code, String detail) {
        return new ChangeOutcome.Refused(Problem.of(code, detail).with("order_id", order.id()));
    }
}
