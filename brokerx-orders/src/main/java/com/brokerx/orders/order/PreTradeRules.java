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
    private final MarketCalendar calendar;

    PreTradeRules(LimitSettings limits, MarketCalendar calendar) {
        this.limits = limits;
        this.calendar = calendar;
    }

    Verdict check(PlaceOrder wanted, Instrument instrument, BookSnapshot market, Instant now) {
        return problemOf(wanted.quantity(), wanted.timeInForceOrDay(), instrument)
                .<Verdict>map(Verdict.Unusable::new)
                .orElseGet(() -> switch (wanted.orderType()) {
                    case LIMIT -> checkLimit(wanted, instrument, market, now);
                    case MARKET -> checkMarket(wanted, instrument, market, now);
                });
    }

    /** @param wanted may leave out what is to stay as it is */
    Verdict checkReplace(Order order, ReplaceOrder wanted, Instrument instrument, BookSnapshot market, Instant now) {
        OrderState state = order.state();
        long quantity = wanted.quantity() == null ? state.quantity() : wanted.quantity();
        TimeInForce timeInForce = wanted.timeInForce() == null ? state.timeInForce() : wanted.timeInForce();
        BigDecimal price = wanted.price() == null ? instrument.toPrice(state.limitTicks()) : wanted.price();
        Optional<Problem> problem = problemOf(quantity, timeInForce, instrument)
                .or(() -> quantity > state.filled()
                        ? Optional.empty()
                        : Optional.of(Problem.ofField(
                                OrderCode.INVALID_QUANTITY,
                                "quantity",
                                "has to be above the " + state.filled() + " filled already")))
                .or(() -> problemOf(price, instrument));
        if (problem.isPresent()) {
            return new Verdict.Unusable(problem.get());
        }
        Instant expiry = timeInForce == state.timeInForce() ? state.expiresAt() : expiry(timeInForce, now);
        Terms terms = new Terms(quantity, instrument.toTicks(price).orElseThrow(), timeInForce, expiry);
        return judge(terms, instrument, now, outsideBand(terms, instrument, market));
    }

    private Verdict checkLimit(PlaceOrder wanted, Instrument instrument, BookSnapshot market, Instant now) {
        if (wanted.price() == null) {
            return new Verdict.Unusable(
                    Problem.ofField(OrderCode.INVALID_PRICE, "price", "is what a limit order needs"));
        }
        Optional<Problem> problem = problemOf(wanted.price(), instrument);
        if (problem.isPresent()) {
            return new Verdict.Unusable(problem.get());
        }
        Terms terms = terms(wanted, instrument.toTicks(wanted.price()).orElseThrow(), now);
        return judge(terms, instrument, now, outsideBand(terms, instrument, market));
    }

    private Verdict checkMarket(PlaceOrder wanted, Instrument instrument, BookSnapshot market, Instant now) {
        if (wanted.price() != null) {
            return new Verdict.Unusable(Problem.ofField(OrderCode.INVALID_PRICE, "price", "is for limit orders only"));
        }
        boolean buys = wanted.direction() == Direction.BUY;
        OptionalLong best = buys ? market.bestAsk() : market.bestBid();
        if (best.isPresent()) {
            return judge(terms(wanted, collar(best.getAsLong(), buys), now), instrument, now, Optional.empty());
        }
        Terms terms = terms(wanted, 0, now);
        return judge(
                terms,
                instrument,
                now,
                Optional.of(new Verdict.Refused(
                        terms,
                        OrderCode.NO_LIQUIDITY,
                        buys ? "nobody sells at the moment" : "nobody buys at the moment")));
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

    private static Optional<Verdict.Refused> outsideBand(Terms terms, Instrument instrument, BookSnapshot market) {
        long last = market.statistics().lastTicks();
        if (instrument.isWithinBand(terms.limitTicks(), last)) {
            return Optional.empty();
        }
        return Optional.of(new Verdict.Refused(
                terms,
                OrderCode.PRICE_OUTSIDE_BAND,
                "a price may lie %s %% at most from the last one, which is %s"
                        .formatted(
                                instrument.priceBandPercent().toPlainString(),
                                instrument.toPrice(last).toPlainString())));
    }

    private Optional<Verdict.Refused> tooLarge(Terms terms, Instrument instrument) {
        BigDecimal notional = instrument.toPrice(terms.limitTicks()).multiply(BigDecimal.valueOf(terms.quantity()));
        if (notional.compareTo(limits.maximumNotional()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Verdict.Refused(
                terms,
                OrderCode.NOTIONAL_LIMIT_EXCEEDED,
                "one order may be worth %s %s at most"
                        .formatted(limits.maximumNotional().toPlainString(), instrument.currency())));
    }

    private Optional<Problem> problemOf(long quantity, TimeInForce timeInForce, Instrument instrument) {
        if (quantity <= 0 || quantity > limits.maximumQuantity()) {
            return Optional.of(Problem.ofField(
                    OrderCode.INVALID_QUANTITY, "quantity", "has to be from 1 to " + limits.maximumQuantity()));
        }
        if (quantity % instrument.lotSize() != 0) {
            return Optional.of(Problem.ofField(
                    OrderCode.INVALID_QUANTITY, "quantity", "has to be a multiple of " + instrument.lotSize()));
        }
        return timeInForce == TimeInForce.GTD
                ? Optional.of(Problem.ofField(
                        OrderCode.INVALID_TIME_IN_FORCE, "time_in_force", "has to be DAY, GTC, IOC or FOK"))
                : Optional.empty();
    }

    private static Optional<Problem> problemOf(BigDecimal price, Instrument instrument) {
        if (price.signum() <= 0) {
            return Optional.of(Problem.ofField(OrderCode.INVALID_PRICE, "price", "has to be above zero"));
        }
        return instrument.toTicks(price).isPresent()
                ? Optional.empty()
                : Optional.of(Problem.ofField(
                        OrderCode.PRICE_OFF_TICK,
                        "price",
                        "has to be a multiple of " + instrument.tickSize().toPlainString()));
    }

    private Terms terms(PlaceOrder wanted, long limitTicks, Instant now) {
        TimeInForce timeInForce = wanted.timeInForceOrDay();
        return new Terms(wanted.quantity(), limitTicks, timeInForce, expiry(timeInForce, now));
    }

    private Instant expiry(TimeInForce timeInForce, Instant now) {
        return timeInForce == TimeInForce.DAY ? calendar.sessionEnd(now) : null;
    }

    /** The worst price of a market order, so many per cent from the best one, on the tick that is nearer to it. */
    private long collar(long bestTicks, boolean buys) {
        BigDecimal share = limits.marketOrderCollarPercent().movePointLeft(2);
        BigDecimal factor = buys ? BigDecimal.ONE.add(share) : BigDecimal.ONE.subtract(share);
        long ticks = BigDecimal.valueOf(bestTicks)
                .multiply(factor)
                .setScale(0, buys ? RoundingMode.FLOOR : RoundingMode.CEILING)
                .longValueExact();
        return Math.max(1, ticks);
    }
}
