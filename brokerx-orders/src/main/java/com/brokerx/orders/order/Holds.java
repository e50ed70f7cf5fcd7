package com.brokerx.orders.order;

import com.brokerx.orders.market.Instrument;
import java.math.BigDecimal;

/**
 * What an order spends, and the most that it may ever spend: cents for a buy, fees included, shares for a sell. The difference of
 * the two is what the portfolios service holds for it.
 *
 * <p>The fee is counted over all that an order has traded, and each trade pays the difference to the fee before it. So the roundings
 * of many small trades never add up to more than the fee that was reserved, which is rounded up.
 */
public final class Holds {

    private static final long PPM = 1_000_000;

    private Holds() {}

    /** What the order has spent, its trades so far and their fees. */
    public static long spent(Order order) {
        OrderState state = order.state();
        return order.isBuy()
                ? state.notional() + feeOf(state.notional(), order.ticket().feePpm())
                : state.filled();
    }

    /** The most that the order may ever spend as it stands: what it spent, and what is left of it at its limit. */
    public static long authorized(Order order, Instrument instrument) {
        return order.status().isFinal()
                ? spent(order)
                : most(
                        order,
                        instrument,
                        order.state().limitTicks(),
                        order.state().leaves());
    }

    /** What is held for the order as it stands. An order that still waits for its funds holds nothing yet. */
    public static long held(Order order, Instrument instrument) {
        return order.status() == OrderStatus.PENDING_FUNDS ? 0 : authorized(order, instrument) - spent(order);
    }

    /**
     * The most that the order may come to spend while it is being replaced, whatever trades at its present terms before the book
     * takes the new ones.
     */
    public static long authorizedWhileReplaced(Order order, Terms terms, Instrument instrument) {
        long worst = Math.max(order.state().limitTicks(), terms.limitTicks());
        return Math.max(
                authorized(order, instrument),
                most(order, instrument, worst, terms.quantity() - order.state().filled()));
    }

    /** The fee that trades of this worth have cost together, rounded half up. */
    public static long feeOf(long notional, int feePpm) {
        return feePpm == 0 ? 0 : Math.addExact(Math.multiplyExact(notional, (long) feePpm), PPM / 2) / PPM;
    }

    /** An amount of what the order reserves, as the portfolios service counts it. */
    public static BigDecimal amount(Order order, Instrument instrument, long units) {
        return order.isBuy() ? instrument.toMoney(units) : BigDecimal.valueOf(units);
    }

    /** What the order reserves: a currency for a buy, the symbol for a sell. */
    public static String asset(Order order, Instrument instrument) {
        return order.isBuy() ? instrument.currency().getCurrencyCode() : order.symbol();
    }

    private static long most(Order order, Instrument instrument, long limitTicks, long leaves) {
        if (!order.isBuy()) {
            return order.state().filled() + leaves;
        }
        long notional = Math.addExact(order.state().notional(), instrument.cost(limitTicks, leaves));
        return Math.addExact(notional, roundedUpFee(notional, order.ticket().feePpm()));
    }

    private static long roundedUpFee(long notional, int feePpm) {
        return feePpm == 0 ? 0 : Math.addExact(Math.multiplyExact(notional, (long) feePpm), PPM - 1) / PPM;
    }
}
