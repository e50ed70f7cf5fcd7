package com.brokerx.orders.simulation;

import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.order.Ordering;
import com.brokerx.orders.writer.Leases;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** The simulated market, put together. */
public final class Simulation {

    private final SimulationSettings settings;
    private final Desk desk;
    private final SimulationLease lease;
    private final Simulator simulator;
    private final CounterTrader counterTrader;
    private final Rejections rejections;
    private final Instruments instruments;
    private final InstantSource clock;

    /**
     * @param settings with clients, see {@link SimulationSettings#clients}
     * @param rejections what {@code ordering} screens orders with
     */
    public Simulation(
            Jdbi jdbi,
            SimulationSettings settings,
            String instanceId,
            Instruments instruments,
            MarketCalendar calendar,
            MarketData market,
            PortfoliosFacade portfolios,
            Ordering ordering,
            Rejections rejections,
            Leases leases,
            InstantSource clock) {
        this.settings = settings;
        this.instruments = instruments;
        this.rejections = rejections;
        this.clock = clock;
        desk = new OrderDesk(ordering.orders(), ordering.replaces(), ordering.cancels(), ordering.queries());
        lease = new SimulationLease(jdbi, settings.lease().toJavaDuration(), instanceId);
        counterTrader = new CounterTrader(
                settings.clients().script(), desk, portfolios, ordering.queries(), instruments, market);
        Treasury treasury = new Treasury(portfolios, settings.funding(), clock);
        simulator = new Simulator(settings, desk, treasury, instruments, market, calendar, leases::hasOwner, clock);
    }

    /** Has it started and stopped with the application, stopped before everything that it trades through. */
    public void manage(Environment environment) {
        Managed running = settings.enabled()
                ? new SimulationTimer(simulator, lease, settings.interval().toJavaDuration(), clock)
                : new Withdrawal(desk, settings.clients().all());
        environment.lifecycle().manage(running);
    }

    /** Lets scripts make things happen; never in production. */
    public void letScriptsIn(Environment environment) {
        environment.jersey().register(new ScriptResource(counterTrader, rejections, instruments));
    }
}
