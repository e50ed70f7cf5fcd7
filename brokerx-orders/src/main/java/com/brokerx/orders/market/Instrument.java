package com.brokerx.orders.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.OptionalLong;

/**
 * Something that can be traded, and the one place where prices become ticks and ticks become money. A tick is a whole number of the
 * currency's smallest unit, so what a trade costs is always exact.
 *
 * @param tickUnits the price step, in the currency's smallest unit (cents)
 * @param lotSize quantities are multiples of it
 * @param referenceTicks what it is worth as long as nobody has traded
 * @param priceBandPercent how far a limit may lie from the last price
 * @param maximumNotional price × quantity of one order at most, in its currency; null where the service's own limit is enough
 * @param maximumOpenOrders that one client may have in this book at once; null for any number
 * @param simulated whether the simulated market quotes it
 */
public record Instrument(
        String symbol,
        String name,
        Currency currency,
        long tickUnits,
        long lotSize,
        long referenceTicks,
        BigDecimal priceBandPercent,
        BigDecimal maximumNotional,
        Integer maximumOpenOrders,
        InstrumentStatus status,
        boolean simulated) {

    private static final int PPM_PER_CENT = 4;
    private static final BigDecimal MOST_PPM = BigDecimal.valueOf(1_000_000);

    /** @throws IllegalArgumentException when the tick or the reference price do not fit the currency */
    static Instrument of(
            String symbol,
            String name,
            Currency currency,
            BigDecimal tickSize,
            long lotSize,
            BigDecimal referencePrice,
            BigDecimal priceBandPercent,
            BigDecimal maximumNotional,
            Integer maximumOpenOrders,
            InstrumentStatus status,
            boolean simulated) {
        try {
            long tickUnits = units(tickSize, currency);
            long referenceUnits = units(referencePrice, currency);
            if (tickUnits <= 0 || referenceUnits <= 0 || referenceUnits % tickUnits != 0) {
                throw new IllegalArgumentException("the reference price of " + symbol + " is no multiple of its tick");
            }
            return new Instrument(
                    symbol,
                    name,
                    currency,
                    tickUnits,
                    lotSize,
                    referenceUnits / tickUnits,
                    priceBandPercent,
                    maximumNotional,
                    maximumOpenOrders,
                    status,
                    simulated);
        } catch (ArithmeticException tooFine) {
            throw new IllegalArgumentException(
                    "tick and reference price of " + symbol + " have more decimals than " + currency, tooFine);
        }
    }

    private static long units(BigDecimal amount, Currency currency) {
        return amount.movePointRight(currency.getDefaultFractionDigits()).longValueExact();
    }

    /** The price in ticks; empty when it lies between two ticks or is absurdly large. */
    public OptionalLong toTicks(BigDecimal price) {
        BigDecimal units = price.movePointRight(currency.getDefaultFractionDigits());
        if (units.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                || units.stripTrailingZeros().scale() > 0) {
            return OptionalLong.empty();
        }
        long exact = units.longValueExact();
        return exact % tickUnits == 0 ? OptionalLong.of(exact / tickUnits) : OptionalLong.empty();
    }

    public BigDecimal toPrice(long ticks) {
        return toMoney(ticks * tickUnits);
    }

    /** The amount of so many of the currency's smallest units. */
    public BigDecimal toMoney(long units) {
        return BigDecimal.valueOf(units, currency.getDefaultFractionDigits());
    }

    /**
     * What so much at this price costs, in the currency's smallest unit.
     *
     * @throws ArithmeticException when it does not fit into 64 bits
     */
    public long cost(long ticks, long quantity) {
        return Math.multiplyExact(Math.multiplyExact(ticks, tickUnits), quantity);
    }

    /** An average price in the currency's scale, rounded half up. */
    public BigDecimal averagePrice(long notionalUnits, long quantity) {
        return toMoney(notionalUnits).divide(BigDecimal.valueOf(quantity), RoundingMode.HALF_UP);
    }

    /** What one order may be worth at most: the lesser of its own limit and that of the whole service. */
    public BigDecimal maximumNotional(BigDecimal ofService) {
        BigDecimal least = maximumNotional == null ? ofService : maximumNotional.min(ofService);
        return least.setScale(currency.getDefaultFractionDigits(), RoundingMode.DOWN);
    }

    /** Whether a limit is near enough to what the symbol was last traded at. */
    public boolean isWithinBand(long limitTicks, long lastTicks) {
        BigDecimal distance =
                BigDecimal.valueOf(Math.abs(limitTicks - lastTicks)).movePointRight(2);
        return distance.compareTo(priceBandPercent.multiply(BigDecimal.valueOf(lastTicks))) <= 0;
    }

    /** The price band in millionths; from one to all of them. */
    public int priceBandPpm() {
        BigDecimal ppm = priceBandPercent.movePointRight(PPM_PER_CENT);
        return ppm.max(BigDecimal.ONE).min(MOST_PPM).intValue();
    }

    public BigDecimal tickSize() {
        return toMoney(tickUnits);
    }
}
