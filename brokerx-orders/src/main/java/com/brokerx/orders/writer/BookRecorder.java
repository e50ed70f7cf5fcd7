package com.brokerx.orders.writer;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.orders.book.BookCommand;
import com.brokerx.orders.book.BookEvent;
import com.brokerx.orders.book.CancelReason;
import com.brokerx.orders.book.RefusalReason;
import com.brokerx.orders.book.Side;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.order.Holds;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderCode;
import com.brokerx.orders.order.OrderStatus;
import com.brokerx.orders.order.Terms;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ReportType;
import com.brokerx.orders.trade.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Turns what happens in one book into new states of orders, executions, trades and events of a batch. Exists for one command:
 * what the book says about an order is followed step by step, so that each report shows the order as it stood right then.
 */
final class BookRecorder implements Consumer<BookEvent> {

    private final SymbolBook book;
    private final Instrument instrument;
    private final MarketCalendar calendar;
    private final Batch batch;
    /** The order that was placed and has not been reported as taken yet; null when there is none. */
    private UUID unreported;

    private Terms newTerms;
    private String cancelText;
    private BookEvent.SelfTradePrevented prevented;
    private RefusalReason refusal;

    BookRecorder(SymbolBook book, Instrument instrument, MarketCalendar calendar, Batch batch) {
        this.book = book;
        this.instrument = instrument;
        this.calendar = calendar;
        this.batch = batch;
    }

    /** Brings an order to the book. */
    void place(Order order) {
        unreported = order.id();
        batch.touch(book);
        book.put(order);
        book.book().apply(order.toPlace(instrument), this);
        if (refusal != null) {
            end(order, OrderStatus.REJECTED, ReportType.REJECTED, OrderCode.POST_ONLY_WOULD_CROSS.wireName(), null);
        }
    }

    /** Gives an order new terms; returns why the book refused, empty when it did not. */
    Optional<RefusalReason> replace(Order order, Terms terms) {
        newTerms = terms;
        return apply(new BookCommand.Replace(
                order.id(), terms.quantity(), terms.limitTicks(), terms.timeInForce(), terms.stopTicks()));
    }

    /** Has the book carry out a command; returns why it refused, empty when it did not. */
    Optional<RefusalReason> apply(BookCommand command) {
        batch.touch(book);
        book.book().apply(command, this);
        return Optional.ofNullable(refusal);
    }

    /** Takes an order out of the book; {@code text} says why, null that the client asked for it. */
    Optional<RefusalReason> cancel(Order order, String text) {
        cancelText = text;
        return apply(new BookCommand.Cancel(order.id()));
    }

    /** Ends an order that never came to the book. */
    void cancelPending(Order order, String text) {
        batch.touch(book);
        String why = text == null ? "cancelled before it was placed" : text;
        end(order, OrderStatus.CANCELLED, ReportType.CANCELLED, null, why);
    }

    /** Refuses an order that never came to the book. */
    void rejectPending(Order order, OrderCode code, String text) {
        batch.touch(book);
        end(order, OrderStatus.REJECTED, ReportType.REJECTED, code.wireName(), text);
    }

    /** Ends an order whose time was over before it came to the book. */
    void expirePending(Order order) {
        batch.touch(book);
        end(order, OrderStatus.EXPIRED, ReportType.EXPIRED, null, "its time was over before it was placed");
    }

    @Override
    public void accept(BookEvent event) {
        switch (event) {
            case BookEvent.Rested rested -> rested(rested.orderId(), rested.priority());
            case BookEvent.StopArmed armed -> rested(armed.orderId(), armed.priority());
            case BookEvent.Triggered triggered -> triggered(book.find(triggered.orderId()));
            case BookEvent.Traded traded -> traded(traded);
            case BookEvent.SelfTradePrevented selfTrade -> prevented = selfTrade;
            case BookEvent.Cancelled cancelled -> cancelled(cancelled);
            case BookEvent.Expired expired ->
                end(book.find(expired.orderId()), OrderStatus.EXPIRED, ReportType.EXPIRED, null, null);
            case BookEvent.Replaced replaced -> replaced(replaced);
            case BookEvent.Refused refused -> refusal = refused.reason();
        }
    }

    private void rested(UUID orderId, long priority) {
        Order order = book.find(orderId);
        if (orderId.equals(unreported)) {
            unreported = null;
            order = change(order, order.with(order.state().resting(batch.now())));
            batch.add(Execution.of(order, ReportType.NEW, null, batch.now()));
        }
        batch.place(order, priority);
    }

    private void triggered(Order waiting) {
        Order triggered = change(waiting, waiting.with(waiting.state().triggered(batch.now())));
        batch.add(Execution.of(triggered, ReportType.TRIGGERED, null, batch.now()));
    }

    private void reportEntered(UUID orderId) {
        if (orderId.equals(unreported)) {
            unreported = null;
            Order order = book.find(orderId);
            Order entered = change(order, order.with(order.state().entered(batch.now())));
            batch.add(Execution.of(entered, ReportType.NEW, null, batch.now()));
        }
    }

    private void traded(BookEvent.Traded event) {
        reportEntered(event.takerOrderId());
        Instant at = book.tradeTime(batch.now());
        UUID tradeId = Ids.next();
        boolean takerBuys = event.takerSide() == Side.BUY;
        Fill maker = fill(event.makerOrderId(), event, tradeId, true, at);
        Fill taker = fill(event.takerOrderId(), event, tradeId, false, at);
        Fill buyer = takerBuys ? taker : maker;
        Fill seller = takerBuys ? maker : taker;
        book.traded(calendar.dayOf(at), event.priceTicks(), event.quantity());
        batch.add(new Trade(
                tradeId,
                book.symbol(),
                event.tradeSequence(),
                event.priceTicks(),
                event.quantity(),
                buyer.party(),
                seller.party(),
                event.takerSide(),
                at));
        batch.add(tradeExecuted(tradeId, event, buyer, seller, at), taker.order());
        removeIfFilled(maker.order());
        removeIfFilled(taker.order());
    }

    /** One side of a trade, after it. */
    private record Fill(Order order, long fee) {
        Trade.Party party() {
            return new Trade.Party(order.id(), order.clientId(), fee);
        }
    }

    private Fill fill(UUID orderId, BookEvent.Traded event, UUID tradeId, boolean isMaker, Instant at) {
        Order before = book.find(orderId);
        long cost = instrument.cost(event.priceTicks(), event.quantity());
        Order after = change(before, before.with(before.state().traded(event.quantity(), cost, at)));
        long fee = feesOf(after) - feesOf(before);
        batch.add(Execution.ofFill(
                after, new Execution.Fill(tradeId, event.quantity(), event.priceTicks(), fee, isMaker), at));
        return new Fill(after, fee);
    }

    private static long feesOf(Order order) {
        return Holds.feeOf(order.state().notional(), order.ticket().feePpm());
    }

    private TradeExecuted tradeExecuted(UUID tradeId, BookEvent.Traded event, Fill buyer, Fill seller, Instant at) {
        return new TradeExecuted(
                tradeId,
                book.symbol(),
                event.tradeSequence(),
                instrument.toPrice(event.priceTicks()),
                event.quantity(),
                instrument.toMoney(instrument.cost(event.priceTicks(), event.quantity())),
                instrument.currency().getCurrencyCode(),
                leg(buyer),
                leg(seller),
                at);
    }

    private TradeExecuted.Leg leg(Fill side) {
        Order order = side.order();
        return new TradeExecuted.Leg(
                order.id(),
                order.clientId(),
                instrument.toMoney(side.fee()),
                order.state().reserveVersion(),
                amount(order, Holds.authorized(order, instrument)),
                amount(order, Holds.spent(order)),
                order.status().isFinal());
    }

    private BigDecimal amount(Order order, long units) {
        return Holds.amount(order, instrument, units);
    }

    /** Its trade says that it has ended. */
    private void removeIfFilled(Order order) {
        if (order.status().isFinal()) {
            book.remove(order.id());
        }
    }

    private void cancelled(BookEvent.Cancelled event) {
        reportEntered(event.orderId());
        end(
                book.find(event.orderId()),
                OrderStatus.CANCELLED,
                ReportType.CANCELLED,
                codeOf(event.reason()),
                textOf(event.reason()));
    }

    private static String codeOf(CancelReason reason) {
        return switch (reason) {
            case REQUESTED, IOC_REMAINDER, FOK_UNFILLABLE -> null;
            case MARKET_REMAINDER -> OrderCode.NO_LIQUIDITY.wireName();
            case SELF_TRADE -> OrderCode.SELF_TRADE.wireName();
            case POST_ONLY_WOULD_CROSS -> OrderCode.POST_ONLY_WOULD_CROSS.wireName();
        };
    }

    private String textOf(CancelReason reason) {
        return switch (reason) {
            case REQUESTED -> cancelText == null ? "cancelled on request" : cancelText;
            case IOC_REMAINDER -> "immediate or cancel: the rest found nobody to trade with";
            case FOK_UNFILLABLE -> "fill or kill: it could not trade whole at once";
            case MARKET_REMAINDER -> "nobody (more) to trade with near the best price";
            case SELF_TRADE ->
                "would have traded %d at %s with order %s of the same client"
                        .formatted(
                                prevented.quantity(),
                                instrument.toPrice(prevented.priceTicks()).toPlainString(),
                                prevented.restingOrderId());
            case POST_ONLY_WOULD_CROSS -> "post only: it would have traded at once";
        };
    }

    private void replaced(BookEvent.Replaced event) {
        Order before = book.find(event.orderId());
        Order after = change(before, before.with(before.state().replaced(newTerms, batch.now())));
        batch.add(Execution.of(after, ReportType.REPLACED, null, batch.now()));
    }

    private void end(Order order, OrderStatus how, ReportType report, String code, String text) {
        Order ended = change(order, order.with(order.state().ended(how, code, batch.now())));
        batch.add(Execution.of(ended, report, text, batch.now()));
        close(ended);
    }

    private void close(Order order) {
        book.remove(order.id());
        batch.add(
                new OrderClosed(
                        order.id(),
                        order.clientId(),
                        order.symbol(),
                        Holds.asset(order, instrument),
                        amount(order, Holds.spent(order)),
                        order.status().wireName()),
                order);
    }

    private Order change(Order before, Order after) {
        batch.change(before, after);
        book.put(after);
        return after;
    }
}
