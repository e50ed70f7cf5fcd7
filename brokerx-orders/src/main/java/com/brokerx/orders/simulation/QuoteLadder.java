package com.brokerx.orders.simulation;

import com.brokerx.orders.book.Side;
import com.brokerx.orders.market.Instrument;
import java.util.ArrayList;
import java.util.List;

/**
 * The prices at which a market maker quotes: rungs on both sides of a centre. Centres lie on a grid that is fixed for a symbol, a
 * rung's height apart, so when the centre moves by one, all quotes but one on each side stay where they are.
 *
 * @param step from one rung to the next, in ticks
 * @param halfSpread from the centre to the first rung, in ticks
 * @param levels rungs on each side
 * @param size shares on a rung at least, a multiple of the lot; up to twice as many, so that the book has a face
 */
record QuoteLadder(Instrument instrument, long step, long halfSpread, int levels, long size) {

    /** What is wanted to stand at a price. */
    record Quote(Side side, long ticks, long quantity) {}

    private static final int BASIS_POINTS = 10_000;
    private static final int SIZES = 5;

    static QuoteLadder of(MakerSettings settings, Instrument instrument) {
        long lot = instrument.lotSize();
        return new QuoteLadder(
                instrument,
                ticks(settings.stepBasisPoints(), instrument),
                ticks(settings.spreadBasisPoints() / 2, instrument),
                settings.levels(),
                Math.ceilDiv(settings.size(), lot) * lot);
    }

    private static long ticks(double basisPoints, Instrument instrument) {
        return Math.max(1, Math.round(instrument.referenceTicks() * basisPoints / BASIS_POINTS));
    }

    /** The centre on the grid next to a price. */
    long centre(double fair) {
        long reference = instrument.referenceTicks();
        return reference + Math.round((fair - reference) / step) * step;
    }

    /** The present centre as long as the price is near it, so that quotes do not flicker. */
    long follow(long present, double fair) {
        return Math.abs(fair - present) < step ? present : centre(fair);
    }

    /** The quotes around a centre, best ones first; moved as a whole to where orders may be, and cut where that is too narrow. */
    List<Quote> around(long centre, MarketView view) {
        long allowed = inside(centre, view);
        List<Quote> quotes = new ArrayList<>(2 * levels);
        for (int i = 0; i < levels; i++) {
            add(quotes, Side.BUY, allowed - halfSpread - i * step, view);
            add(quotes, Side.SELL, allowed + halfSpread + i * step, view);
        }
        return quotes;
    }

    private long inside(long centre, MarketView view) {
        long reach = halfSpread + (levels - 1) * step;
        long lowest = view.lowest() + reach;
        long highest = view.highest() - reach;
        return lowest <= highest ? Math.clamp(centre, lowest, highest) : (lowest + highest) / 2;
    }

    private void add(List<Quote> quotes, Side side, long ticks, MarketView view) {
        if (ticks >= view.lowest() && ticks <= view.highest()) {
            quotes.add(new Quote(side, ticks, sizeAt(ticks)));
        }
    }

    /** The same for a price at all times, so that a quote that stays need not change. */
    private long sizeAt(long ticks) {
        long extra = size / instrument.lotSize() * Math.floorMod(Long.hashCode(ticks * 31) * 17, SIZES) / (SIZES - 1);
        return size + extra * instrument.lotSize();
    }
}
