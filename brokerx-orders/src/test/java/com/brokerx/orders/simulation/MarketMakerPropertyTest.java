package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.book.Side;
import com.brokerx.orders.market.Instrument;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class MarketMakerPropertyTest {

    private static final Duration SECOND = Duration.seconds(1);
    private static final int STEPS = 60;

    private static MarketMaker maker(int levels, double volatility) {
        return new MarketMaker(
                new MakerSettings(levels, 100L, 8.0, 5.0), new WalkSettings(volatility, Duration.hours(4)), SECOND);
    }

    private static MarketView view(Instrument instrument, long last, List<OwnOrder> own) {
        return new MarketView(instrument, last, OptionalLong.empty(), OptionalLong.empty(), own, 0);
    }

    @Property(tries = 200)
    void neverTradesWithItselfWhateverOthersTakeAndHoweverThePriceJumps(
            @ForAll @LongRange(min = 5, max = 1_000_000) long reference,
            @ForAll @IntRange(min = 1, max = 8) int levels,
            @ForAll @DoubleRange(min = 0, max = 10_000) double volatility,
            @ForAll long seed) {
        Instrument instrument = Views.instrument(reference, 20, 1);
        MarketMaker maker = maker(levels, volatility);
        StandingOrders standing = new StandingOrders();
        MarketMaker.State state = maker.begin(view(instrument, reference, List.of()));
        for (int step = 0; step < STEPS; step++) {
            MarketView view = view(instrument, reference, standing.all());
            var decision = maker.decide(state, view, Dice.of(seed, "maker", "ACME", step));
            standing.carryOut(decision.intents());
            state = decision.next();
            standing.loseSome(Dice.of(seed, "others", "ACME", step));
        }
    }

    @Property(tries = 200)
    void quotesEveryLevelOnceAndThenRests(
            @ForAll @LongRange(min = 5_000, max = 1_000_000) long reference,
            @ForAll @IntRange(min = 1, max = 8) int levels,
            @ForAll @IntRange(min = 1, max = 100) int lot,
            @ForAll long seed) {
        Instrument instrument = Views.instrument(reference, 20, lot);
        MarketMaker maker = maker(levels, 0);
        StandingOrders standing = new StandingOrders();
        standing.loseSome(Dice.of(seed, "others", "ACME", 0));
        MarketMaker.State state = maker.begin(view(instrument, reference, List.of()));
        var first = maker.decide(state, view(instrument, reference, List.of()), Dice.of(seed, "maker", "ACME", 0));
        standing.carryOut(first.intents());

        assertThat(standing.byPrice()).hasSize(2 * levels).allSatisfy((price, quantity) -> assertThat(quantity)
                .isBetween(100L, 100L + 100 + 2L * lot)
                .matches(shares -> shares % lot == 0));
        var second = maker.decide(
                first.next(), view(instrument, reference, standing.all()), Dice.of(seed, "maker", "ACME", 1));
        assertThat(second.intents()).isEmpty();
    }

    @Property(tries = 200)
    void staysInsideThePriceBandOfWhateverTradedLast(
            @ForAll @LongRange(min = 10, max = 1_000_000) long reference,
            @ForAll @DoubleRange(min = 0.3, max = 3) double driftedBy,
            @ForAll @IntRange(min = 1, max = 50) int band,
            @ForAll long seed) {
        Instrument instrument = Views.instrument(reference, band, 1);
        long last = Math.max(1, Math.round(reference * driftedBy));
        MarketMaker maker = maker(5, 1_000);
        MarketView view = view(instrument, last, List.of());

        var decision = maker.decide(maker.begin(view), view, Dice.of(seed, "maker", "ACME", 0));

        assertThat(decision.intents()).allSatisfy(intent -> {
            Intent.Place place = (Intent.Place) intent;
            assertThat(place.ticks()).isPositive();
            assertThat(instrument.isWithinBand(place.ticks(), last)).isTrue();
        });
    }

    @Property(tries = 100)
    void makesTheSameQuotesFromTheSameSeed(@ForAll long seed) {
        assertThat(quotes(seed)).isEqualTo(quotes(seed)).isNotEqualTo(quotes(seed + 1));
    }

    private static List<Intent> quotes(long seed) {
        Instrument instrument = Views.instrument(17_500, 20, 1);
        MarketMaker maker = maker(5, 200);
        StandingOrders standing = new StandingOrders();
        MarketMaker.State state = maker.begin(view(instrument, 17_500, List.of()));
        List<Intent> all = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            MarketView view = view(instrument, 17_500, standing.all());
            var decision = maker.decide(state, view, Dice.of(seed, "maker", "ACME", step));
            standing.carryOut(decision.intents());
            all.addAll(decision.intents());
            state = decision.next();
        }
        return all;
    }

    @Property(tries = 50)
    void movesOneOrderOnEachSideWhenThePriceMovesByOneStep(@ForAll boolean up) {
        Instrument instrument = Views.instrument(100_000, 20, 1);
        QuoteLadder ladder = QuoteLadder.of(new MakerSettings(5, 100L, 8.0, 5.0), instrument);
        MarketView view = Views.empty(instrument, 100_000);
        StandingOrders standing = new StandingOrders();
        standing.carryOut(Requoting.intents(ladder.around(100_000, view), List.of()));

        long moved = 100_000 + (up ? ladder.step() : -ladder.step());
        List<Intent> intents = Requoting.intents(ladder.around(moved, view), standing.all());

        assertThat(intents).hasSize(2).allMatch(Intent.Move.class::isInstance);
        assertThat(sideOf(intents.getFirst(), standing)).isEqualTo(up ? Side.SELL : Side.BUY);
    }

    private static Side sideOf(Intent intent, StandingOrders standing) {
        Intent.Move move = (Intent.Move) intent;
        return standing.all().stream()
                .filter(order -> order.id().equals(move.orderId()))
                .findFirst()
                .orElseThrow()
                .side();
    }
}
