package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import com.brokerx.orders.book.TimeInForce;
import java.util.List;
import java.util.random.RandomGenerator;

/** Trades at the best price there is; what cannot trade there at once is let go. */
final class Taking {

    private Taking() {}

    static List<Intent> of(Side side, MarketView view, TakerSettings settings, RandomGenerator dice) {
        long lot = view.instrument().lotSize();
        long quantity = dice.nextLong(1, Math.max(1, settings.size() / lot) + 1) * lot;
        return view.bestFor(side).stream()
                .mapToObj(ticks -> (Intent) new Intent.Place(side, ticks, quantity, TimeInForce.IOC))
                .toList();
    }
}
