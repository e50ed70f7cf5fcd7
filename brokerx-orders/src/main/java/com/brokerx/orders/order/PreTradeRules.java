package com.brokerx.orders.order;

import com.brokerx.commons.problem.Problem;
import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.MarketCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What is checked before an order is stored. Pure: everything that counts is handed in. */
final class PreTradeRules {

    private final LimitSettings limits;
    private final OrderShape shape;
    private final MarketCalendar calendar;

    PreTradeRules(LimitSettings limits, MarketCalendar calendar) {
        this.limits = limits;
        this.shape = new OrderShape(limits);
        this.calendar = calendar;
    }

    Verdict check(PlaceOrder wanted, Instrument instrument, BookSnapshot market, Instant now) {
        Proposal proposal = Proposal.of(wanted);
        return shape.problemOf(proposal, instrument, now)
                .<Verdict>map(Verdict.Unusable::new)
                .orElseGet(() -> wanted.orderType() == OrderType.MARKET
                        ? checkMarket(proposal, instrument, market, now)
                        : judge(
                                terms(proposal, instrument, now),
                                wanted.orderType().waits(),
                                instrument,
                                market,
                                now));
    }

    /** @param wanted may leave out what is to stay as it is */
    Verdict checkReplace(Order order, ReplaceOrder wanted, Instrument instrument, BookSnapshot market, Instant now) {
        Proposal proposal = Proposal.of(order, wanted, instrument);
        Optional<Problem> problem = shape.problemOf(proposal, instrument, now)
                .or(() -> aboveFilled(order, proposal))
                .or(() -> stillWaits(order, wanted));
        if (problem.isPresent()) {
            return new Verdict.Unusable(problem.get());
        }
        boolean sameDay =
                proposal.timeInForce() == TimeInForce.DAY && order.terms().timeInForce() == TimeInForce.DAY;
        Terms proposed = terms(proposal, instrument, now);
        Terms terms = sameDay ? expiring(proposed, order.terms().expiresAt()) : proposed;
        boolean waits = order.ticket().type().waits() && order.state().triggeredAt() == null;
        // Who only wants less of it at the price that it has is not kept from that by where the market has gone.
        Optional<Verdict.Refused> outside = isLessAtSamePrice(order.terms(), terms)
                ? Optional.empty()
                : outsideBand(terms, waits, instrument, market);
        return judge(terms, instrument, now, outside);
    }

    private static boolean isLessAtSamePrice(Terms before, Terms after) {
        return after.quantity() <= before.quantity()
                && after.limitTicks() == before.limitTicks()
                && after.stopTicks() == before.stopTicks();
    }

    private static Optional<Problem> aboveFilled(Order order, Proposal proposal) {
        return proposal.quantity() > order.state().filled()
                ? Optional.empty()
                : Optional.of(Problem.ofField(
                        OrderCode.INVALID_QUANTITY,
                        "quantity",
                        "has to be above the " + order.state().filled() + " filled already"));
    }

    private static Optional<Problem> stillWaits(Order order, ReplaceOrder wanted) {
        return wanted.stopPrice() == null || order.state().triggeredAt() == null
                ? Optional.empty()
                : Optional.of(Problem.ofField(
                        OrderCode.INVALID_STOP_PRICE,
                        "stop_price",
                        "was reached already; the order stands in the market"));
    }

    private Verdict checkMarket(Proposal proposal, Instrument instrument, BookSnapshot market, Instant now) {
        OptionalLong best = proposal.buys() ? market.bestAsk() : market.bestBid();
        Terms terms = terms(proposal, best.isPresent() ? collar(best.getAsLong(), proposal.buys()) : 0, 0, now);
        return judge(
                terms,
                instrument,
                now,
                best.isPresent()
                        ? Optional.empty()
                        : Optional.of(new Verdict.Refused(
                                terms,
                                OrderCode.NO_LIQUIDITY,
                                proposal.buys() ? "nobody sells at the moment" : "nobody buys at the moment")));
    }

    /** @param waits whether it stands in the market only from its stop price on, which is not reached: then it will trade near that */
    private Verdict judge(Terms terms, boolean waits, Instrument instrument, BookSnapshot market, Instant now) {
        return judge(terms, instrument, now, outsideBand(terms, waits, instrument, market));
    }

    /** The rules that depend on the market and on limits; {@code further} is what a rule of the order's type says. */
    private Verdict judge(Terms terms, Instrument instrument, Instant now, Optional<Verdict.Refused> further) {
        return halted(terms, instrument)
                .or(() -> closed(terms, now))
                .or(() -> further)
                .or(() -> tooLarge(terms, instrument))
                .<Verdict>map(refused -> refused)
                .orElseGet(() -> new Verdict.Fit(terms));
    }

    private static Optional<Verdict.Refused> halted(Terms terms, Instrument instrument) {
        String detail =
                switch (instrument.status()) {
                    case TRADING -> null;
                    case HALTED -> "trading in " + instrument.symbol() + " is halted";
                    case CANCEL_ONLY -> "orders in " + instrument.symbol() + " can only be cancelled at the moment";
                };
        return Optional.ofNullable(detail).map(text -> new Verdict.Refused(terms, OrderCode.SYMBOL_HALTED, text));
    }

    private Optional<Verdict.Refused> closed(Terms terms, Instant now) {
        return calendar.isOpen(now)
                ? Optional.empty()
                : Optional.of(new Verdict.Refused(
                        terms, OrderCode.MARKET_CLOSED, "the market is closed; its session has not begun or is over"));
    }

    private static Optional<Verdict.Refused> outsideBand(
            Terms terms, boolean aroundStop, Instrument instrument, BookSnapshot market) {
        long centre = aroundStop ? terms.stopTicks() : market.statistics().lastTicks();
        if (instrument.isWithinBand(terms.limitTicks(), centre)) {
            return Optional.empty();
        }
        return Optional.of(new Verdict.Refused(
                terms,
                OrderCode.PRICE_OUTSIDE_BAND,
                "a price may lie %s %% at most from %s, which is %s"
                        .formatted(
                                instrument.priceBandPercent().toPlainString(),
                                aroundStop ? "the stop price" : "the last one",
                                instrument.toPrice(centre).toPlainString())));
    }

    private Optional<Verdict.Refused> tooLarge(Terms terms, Instrument instrument) {
        BigDecimal notional = instrument.toPrice(terms.limitTicks()).multiply(BigDecimal.valueOf(terms.quantity()));
        BigDecimal maximum = instrument.maximumNotional(limits.maximumNotional());
        if (notional.compareTo(maximum) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Verdict.Refused(
                terms,
                OrderCode.NOTIONAL_LIMIT_EXCEEDED,
                "one order may be worth %s %s at most".formatted(maximum.toPlainString(), instrument.currency())));
    }

    private Terms terms(Proposal order, Instrument instrument, Instant now) {
        long stop = order.stopPrice() == null ? 0 : ticks(order.stopPrice(), instrument);
        long limit = order.price() == null ? collar(stop, order.buys()) : ticks(order.price(), instrument);
        return terms(order, limit, stop, now);
    }

    private static long ticks(BigDecimal price, Instrument instrument) {
        return instrument.toTicks(price).orElseThrow();
    }

    private Terms terms(Proposal order, long limitTicks, long stopTicks, Instant now) {
        Instant expiry = order.timeInForce() == TimeInForce.DAY ? calendar.sessionEnd(now) : order.expiresAt();
        return new Terms(order.quantity(), limitTicks, stopTicks, order.timeInForce(), expiry);
    }

    private static Terms expiring(Terms terms, Instant at) {
        return new Terms(terms.quantity(), terms.limitTicks(), terms.stopTicks(), terms.timeInForce(), at);
    }

    /** The worst price of an order without one of its own, so many per cent from where it starts, on the tick that is nearer to it. */
    private long collar(long fromTicks, boolean buys) {
        BigDecimal share = limits.marketOrderCollarPercent().movePointLeft(2);
        BigDecimal factor = buys ? BigDecimal.ONE.add(share) : BigDecimal.ONE.subtract(share);
        long ticks = BigDecimal.valueOf(fromTicks)
                .multiply(factor)
                .setScale(0, buys ? RoundingMode.FLOOR : RoundingMode.CEILING)
                .longValueExact();
        return Math.max(1, ticks);
    }
}
