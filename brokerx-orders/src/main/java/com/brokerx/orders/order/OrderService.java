package com.brokerx.orders.order;

import com.brokerx.commons.app.LogContext;
import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.market.OpenOrderCount;
import com.brokerx.orders.trade.ExecutionStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Places orders, once for each key. */
public final class OrderService {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final MarketData market;
    private final PreTradeRules rules;
    private final OpenOrderCount openOrders;
    private final int maximumOpenOrders;
    private final Screening screening;
    private final Acceptance acceptance;
    private final OrderSaga saga;
    private final int feePpm;
    private final OrderMetrics metrics;
    private final InstantSource clock;

    /** @param maximumOpenOrders of all clients in all books */
    OrderService(
            Jdbi jdbi,
            Instruments instruments,
            MarketData market,
            PreTradeRules rules,
            OpenOrderCount openOrders,
            int maximumOpenOrders,
            Screening screening,
            Acceptance acceptance,
            OrderSaga saga,
            int feePpm,
            OrderMetrics metrics,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.market = market;
        this.rules = rules;
        this.openOrders = openOrders;
        this.maximumOpenOrders = maximumOpenOrders;
        this.screening = screening;
        this.acceptance = acceptance;
        this.saga = saga;
        this.feePpm = feePpm;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Places an order; returns when it is matched and committed, or refused.
     *
     * @param idempotencyKey what makes a repeated request the same one, besides its {@code client_order_id}
     * @throws com.brokerx.commons.problem.UnavailableException when nothing could be stored
     */
    public PlaceOutcome place(UUID clientId, PlaceOrder wanted, Optional<String> idempotencyKey) {
        Optional<Instrument> instrument = instruments.find(wanted.symbol());
        if (instrument.isEmpty()) {
            return new PlaceOutcome.Unusable(
                    Problem.ofField(OrderCode.UNKNOWN_SYMBOL, "symbol", "is none that is traded here"));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Verdict verdict = screened(
                rules.check(wanted, instrument.get(), market.of(instrument.get()), now), clientId, wanted.symbol());
        PlaceOutcome outcome =
                switch (verdict) {
                    // An order that was taken may be none any more, when its time is over for example.
                    case Verdict.Unusable(var problem) ->
                        placedBefore(ticket(clientId, wanted, idempotencyKey, now), new PlaceOutcome.Unusable(problem));
                    case Verdict.Fit(var terms) -> {
                        Order order = order(clientId, wanted, idempotencyKey, terms, now);
                        yield order.mayRest() && openOrders.now() >= maximumOpenOrders
                                ? placedBefore(order.ticket(), new PlaceOutcome.BooksFull(maximumOpenOrders))
                                : place(new Acceptance.Draft(order, null));
                    }
                    case Verdict.Refused(var terms, var code, var detail) -> {
                        Order order = order(clientId, wanted, idempotencyKey, terms, now);
                        OrderState refused = order.state().ended(OrderStatus.REJECTED, code.wireName(), now);
                        yield place(new Acceptance.Draft(order.with(refused), detail));
                    }
                };
        metrics.placed(outcome);
        return outcome;
    }

    private Verdict screened(Verdict verdict, UUID clientId, String symbol) {
        return switch (verdict) {
            case Verdict.Fit(var terms) ->
                screening
                        .objection(clientId, symbol)
                        .<Verdict>map(detail -> new Verdict.Refused(terms, OrderCode.TRADING_RESTRICTED, detail))
                        .orElse(verdict);
            case Verdict.Refused refused -> refused;
            case Verdict.Unusable unusable -> unusable;
        };
    }

    /** Whoever repeats a request learns what became of the first one, also where it would not be taken now. */
    private PlaceOutcome placedBefore(Ticket ticket, PlaceOutcome otherwise) {
        return acceptance.find(ticket).map(this::outcome).orElse(otherwise);
    }

    private PlaceOutcome place(Acceptance.Draft draft) {
        OrderSaga.Run run = saga.begin(draft);
        return switch (GroupCommit.join(run.stored())) {
            case Acceptance.Outcome.Stored stored ->
                stored.isRefused()
                        ? new PlaceOutcome.Refused(stored.order(), stored.text(), false)
                        : outcome(saga.finish(stored.order(), run), false);
            case Acceptance.Outcome.Taken taken -> outcome(taken);
            case Acceptance.Outcome.NotStored notStored -> throw new UnavailableException("the database", RETRY_AFTER);
        };
    }

    private PlaceOutcome outcome(Acceptance.Outcome.Taken taken) {
        return switch (taken) {
            case Acceptance.Outcome.Known(var order) -> known(order);
            case Acceptance.Outcome.KeyConflict conflict -> new PlaceOutcome.KeyConflict();
        };
    }

    private PlaceOutcome known(Order order) {
        LogContext.put(LogContext.ORDER_ID, order.id());
        return order.status() == OrderStatus.PENDING_FUNDS
                ? outcome(saga.resume(order, true), true)
                : outcome(order, true);
    }

    private PlaceOutcome outcome(Order order, boolean replayed) {
        if (order.status() != OrderStatus.REJECTED) {
            return new PlaceOutcome.Placed(order, replayed);
        }
        if (CommonCode.SERVICE_UNAVAILABLE.wireName().equals(order.state().rejectCode())) {
            return new PlaceOutcome.Unavailable(order);
        }
        String text = jdbi.withHandle(handle -> ExecutionStore.lastText(handle, order.id()));
        return new PlaceOutcome.Refused(order, text, replayed);
    }

    private Order order(UUID clientId, PlaceOrder wanted, Optional<String> idempotencyKey, Terms terms, Instant now) {
        Ticket ticket = ticket(clientId, wanted, idempotencyKey, now);
        LogContext.put(LogContext.ORDER_ID, ticket.id());
        return new Order(ticket, OrderState.pending(terms, now));
    }

    private Ticket ticket(UUID clientId, PlaceOrder wanted, Optional<String> idempotencyKey, Instant now) {
        boolean hasKey = idempotencyKey.isPresent() || wanted.clientOrderId() != null;
        return new Ticket(
                Ids.next(),
                clientId,
                wanted.symbol(),
                wanted.direction(),
                wanted.orderType(),
                wanted.isPostOnly(),
                feePpm,
                wanted.clientOrderId(),
                idempotencyKey.orElse(null),
                hasKey ? hashOf(wanted) : null,
                RequestId.currentOrNew(),
                now);
    }

    /** Eight bytes are enough to notice that a client used a key for something else by mistake. */
    private static long hashOf(PlaceOrder wanted) {
        return ByteBuffer.wrap(IdempotencyKey.hash(wanted.normalized())).getLong();
    }
}
