package com.brokerx.orders.market;

import java.math.BigDecimal;
import java.util.Currency;

/** Instruments for tests. */
public final class TestInstruments {

    private static final Currency USD = Currency.getInstance("USD");

    private TestInstruments() {}

    /** Worth 100.00, traded to the cent, band 20 %. */
    public static Instrument quiet() {
        return with(InstrumentStatus.TRADING, "0.01", 1);
    }

    public static Instrument with(InstrumentStatus status, String tickSize, long lotSize) {
        return Instrument.of(
                "ZQUIET",
                "Quiet Corporation",
                USD,
                new BigDecimal(tickSize),
                lotSize,
                new BigDecimal("100.00"),
                BigDecimal.valueOf(20),
                null,
                null,
                status,
                false);
    }
}
