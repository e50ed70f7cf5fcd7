package com.brokerx.orders.simulation;

import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.InstrumentStatus;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.order.OrderCode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has every agent act once in every symbol, one after the other. Used by one thread. */
final class Simulator {

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

    private final long seed;
    private final Participant<?> maker;
    private final List<Participant<?>> takers;
    private final Desk desk;
    private final Treasury treasury;
    private final Instruments instruments;
    private final MarketData market;
    private final MarketCalendar calendar;
    private final Predicate<String> hasBook;
    private final InstantSource clock;
    private long epoch;

    /** @param hasBook whether there is a book of this symbol to send orders to */
    Simulator(
            SimulationSettings settings,
            Desk desk,
            Treasury treasury,
            Instruments instruments,
            MarketData market,
            MarketCalendar calendar,
            Predicate<String> hasBook,
            InstantSource clock) {
        SimulationSettings.Clients clients = settings.clients();
        this.seed = settings.seed();
        this.maker = new Participant<>(
                "maker", clients.maker(), new MarketMaker(settings.maker(), settings.walk(), settings.interval()));
        this.takers = List.of(
                new Participant<>("noise", clients.noise(), new NoiseTrader(settings.noise(), settings.interval())),
                new Participant<>(
                        "momentum", clients.momentum(), new MomentumTrader(settings.momentum(), settings.interval())));
        this.desk = desk;
        this.treasury = treasury;
        this.instruments = instruments;
        this.market = market;
        this.calendar = calendar;
        this.hasBook = hasBook;
        this.clock = clock;
    }

    /**
     * One step.
     *
     * @param leaseEpoch of the simulation's lease; where it has changed, the agents begin anew
     * @throws com.brokerx.commons.problem.UnavailableException when a service does not answer; the rest of the step is left out
     */
    void step(long leaseEpoch) {
        if (leaseEpoch != epoch) {
            LOG.info("this instance simulates the market now, epoch {}", leaseEpoch);
            epoch = leaseEpoch;
            participants().forEach(Participant::forget);
            treasury.lookSoon();
        }
        if (!calendar.isOpen(clock.instant())) {
            return;
        }
        List<Instrument> simulated =
                instruments.all().stream().filter(Instrument::simulated).toList();
        treasury.fillUp(
                epoch,
                participants().stream().map(Participant::clientId).toList(),
                simulated.stream().map(Instrument::symbol).toList());
        Map<String, List<OwnOrder>> quotes = desk.openOrders(maker.clientId());
        for (Instrument instrument : simulated) {
            if (instrument.status() == InstrumentStatus.TRADING && hasBook.test(instrument.symbol())) {
                act(maker, instrument, quotes.getOrDefault(instrument.symbol(), List.of()));
                takers.forEach(taker -> act(taker, instrument, List.of()));
            }
        }
    }

    /** After a failure: the next step asks the portfolios service first, before it places orders that would only be refused. */
    void failed() {
        treasury.lookSoon();
    }

    private List<Participant<?>> participants() {
        List<Participant<?>> all = new ArrayList<>(takers);
        all.addFirst(maker);
        return all;
    }

    private void act(Participant<?> participant, Instrument instrument, List<OwnOrder> own) {
        String symbol = instrument.symbol();
        BookSnapshot book = market.of(instrument);
        MarketView view = new MarketView(
                instrument,
                book.statistics().lastTicks(),
                book.bestBid(),
                book.bestAsk(),
                own,
                participant.inventory(symbol));
        for (Intent intent : participant.decide(view, seed)) {
            switch (desk.carryOut(participant.clientId(), instrument, intent)) {
                case Desk.Result.Done(long filled) -> {
                    if (intent instanceof Intent.Place place) {
                        participant.traded(symbol, place.side(), filled);
                    }
                }
                case Desk.Result.Refused(var code) -> {
                    refused(participant, symbol, code);
                    // What follows may count on this one; at the next step the agent sees how things are.
                    return;
                }
            }
        }
    }

    private void refused(Participant<?> participant, String symbol, String code) {
        LOG.debug("an order of {} in {} was refused: {}", participant.name(), symbol, code);
        if (code.equals(OrderCode.INSUFFICIENT_FUNDS.wireName())
                || code.equals(OrderCode.INSUFFICIENT_SHARES.wireName())) {
            treasury.lookSoon();
        }
    }
}
