package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.book.Side;
import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.Instrument;
import io.dropwizard.util.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakersTest {

    private static final Duration SECOND = Duration.seconds(1);
    private static final TakerSettings OFTEN = new TakerSettings(Duration.seconds(2), 50L, 300L);
    private static final Instrument ACME = Views.instrument(10_000, 20, 10);

    private final Participant<?> noise = new Participant<>("noise", null, new NoiseTrader(OFTEN, SECOND));
    private final Participant<?> momentum = new Participant<>("momentum", null, new MomentumTrader(OFTEN, SECOND));

    /** Everything it wants is filled. */
    private static List<Intent> step(Participant<?> taker, long bid, long ask) {
        MarketView view = Views.quoted(ACME, bid, ask, taker.inventory("ACME"));
        List<Intent> intents = taker.decide(view, 7);
        for (Intent intent : intents) {
            Intent.Place place = (Intent.Place) intent;
            taker.traded("ACME", place.side(), place.quantity());
        }
        return intents;
    }

    @Test
    void noiseBuysAtTheAskAndSellsAtTheBidInWholeLots() {
        int orders = 0;
        for (int step = 0; step < 2_000; step++) {
            for (Intent intent : step(noise, 9_990, 10_010)) {
                Intent.Place place = (Intent.Place) intent;
                orders++;
                assertThat(place.ticks()).isEqualTo(place.side() == Side.BUY ? 10_010 : 9_990);
                assertThat(place.quantity()).isBetween(10L, 50L).matches(quantity -> quantity % 10 == 0);
                assertThat(place.timeInForce()).isEqualTo(TimeInForce.IOC);
            }
            assertThat(noise.inventory("ACME")).isBetween(-350L, 350L);
        }
        assertThat(orders).as("one in two seconds, by Poisson's law").isBetween(700, 880);
    }

    @Test
    void nobodyTradesWhereNobodyQuotes() {
        for (int step = 0; step < 100; step++) {
            MarketView view = Views.empty(ACME, 10_000 + step);
            assertThat(noise.decide(view, 7)).isEmpty();
            assertThat(momentum.decide(view, 7)).isEmpty();
        }
    }

    @Test
    void momentumBuysWhatRisesAndSellsWhatFalls() {
        for (int step = 0; step < 120; step++) {
            step(momentum, 9_990 + step, 10_010 + step);
        }
        assertThat(momentum.inventory("ACME")).as("after a rise").isBetween(300L, 350L);
        for (int step = 120; step < 600; step++) {
            step(momentum, 10_230 - step, 10_250 - step);
        }
        assertThat(momentum.inventory("ACME")).as("after a fall").isBetween(-350L, -300L);
    }

    @Test
    void momentumStaysAwayFromAMarketThatStandsStill() {
        for (int step = 0; step < 500; step++) {
            assertThat(step(momentum, 9_999, 10_001)).isEmpty();
        }
    }
}
