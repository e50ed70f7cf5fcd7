package com.brokerx.orders.simulation;

import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.InstrumentStatus;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.OptionalLong;

/** What agents see in tests. */
final class Views {

    private static final Currency USD = Currency.getInstance("USD");

    private Views() {}

    /** An instrument with a tick of one cent. */
    static Instrument instrument(long referenceTicks, int bandPercent, long lotSize) {
        return new Instrument(
                "ACME",
                "Acme Corporation",
                USD,
                1,
                lotSize,
                referenceTicks,
                BigDecimal.valueOf(bandPercent),
                null,
                null,
                InstrumentStatus.TRADING,
                true);
    }

    static MarketView empty(Instrument instrument, long lastTicks) {
        return new MarketView(instrument, lastTicks, OptionalLong.empty(), OptionalLong.empty(), List.of(), 0);
    }

    static MarketView quoted(Instrument instrument, long bid, long ask, long inventory) {
        return new MarketView(
                instrument, (bid + ask) / 2, OptionalLong.of(bid), OptionalLong.of(ask), List.of(), inventory);
    }
}
