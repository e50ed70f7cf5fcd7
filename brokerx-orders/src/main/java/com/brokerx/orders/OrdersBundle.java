package com.brokerx.orders;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.ServiceConfiguration;
import com.brokerx.commons.app.ServiceSettings;
import com.brokerx.commons.auth.TokenVerifier;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.commons.database.Database;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.outbox.OutboxRelay;
import com.brokerx.facades.http.BreakerHealth;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade;
import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.orders.market.BarFollower;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.InstrumentsResource;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.market.MarketResource;
import com.brokerx.orders.market.OpenOrderCount;
import com.brokerx.orders.order.OrderMetrics;
import com.brokerx.orders.order.Ordering;
import com.brokerx.orders.order.Screening;
import com.brokerx.orders.reconciliation.ReconcilableOrders;
import com.brokerx.orders.reconciliation.ReconciliationResource;
import com.brokerx.orders.simulation.Rejections;
import com.brokerx.orders.simulation.Simulation;
import com.brokerx.orders.stream.FanOut;
import com.brokerx.orders.stream.Stream;
import com.brokerx.orders.stream.StreamMetrics;
import com.brokerx.orders.trade.ClientLog;
import com.brokerx.orders.trade.ExecutionFeed;
import com.brokerx.orders.trade.ExecutionsResource;
import com.brokerx.orders.trade.OrderLogResource;
import com.brokerx.orders.trade.OrderReporter;
import com.brokerx.orders.trade.TradeQueries;
import com.brokerx.orders.trade.TradesResource;
import com.brokerx.orders.writer.WriterMetrics;
import com.brokerx.orders.writer.Writing;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jdbi.v3.core.Jdbi;

/** All of the orders service, for a process of its own or for one that it shares with the others. */
public final class OrdersBundle<C extends ServiceConfiguration> implements ConfiguredBundle<C> {

    private static final String SERVICE = "orders";
    /**
     * Statements over {@code unnest} always go through indexes: the planner does not know how many rows a parameter holds, and a plan
     * made while the tables are small must not read them whole when they have grown. A process that freezes in a transaction loses it
     * before its leases would run out.
     */
    private static final String SESSION = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
            + " -c idle_in_transaction_session_timeout=2000";

    private final Function<C, OrdersSettings> settingsOf;
    private final Foundation foundation;
    private final FacadeMetrics facadeMetrics;
    private final Supplier<TokenVerifier> verifier;

    /**
     * @param settings the service's section of the configuration
     * @param facadeMetrics shared by all facades of the process
     * @param verifier of the tokens of the live stream; asked when the first one comes
     */
    public OrdersBundle(
            Function<C, OrdersSettings> settings,
            Foundation foundation,
            FacadeMetrics facadeMetrics,
            Supplier<TokenVerifier> verifier) {
        this.settingsOf = settings;
        this.foundation = foundation;
        this.facadeMetrics = facadeMetrics;
        this.verifier = verifier;
    }

    @Override
    public void run(C configuration, Environment environment) {
        ServiceSettings service = configuration.service();
        OrdersSettings settings = settingsOf.apply(configuration);
        settings.requireFitFor(service);
        InstantSource clock = foundation.clock();

        Jdbi jdbi = Database.open(
                environment,
                withSessionOptions(settings.database()),
                Optional.ofNullable(settings.databaseOwner()),
                SERVICE);
        Outbox outbox = new Outbox(settings.outbox());
        Instruments instruments = new Instruments(jdbi, settings.instruments());
        MarketCalendar calendar = new MarketCalendar(settings.marketHours());
        MarketBoard board = new MarketBoard();
        ExecutionFeed feed = new ExecutionFeed();
        TimedWaits waits = new TimedWaits();

        Peers peers = new Peers(settings.writer(), foundation.http(), service.internalToken(), facadeMetrics);
        Writing writing = new Writing(
                jdbi,
                settings.writer(),
                service.instanceId(),
                instruments,
                calendar,
                board,
                outbox,
                feed,
                peers::at,
                new WriterMetrics(foundation.metrics()),
                foundation.groupCommits(),
                waits,
                clock);
        StreamMetrics streamMetrics = new StreamMetrics(foundation.metrics());
        FanOut fanOut = FanOut.of(settings.stream(), board, streamMetrics);
        MarketData market = new MarketData(
                board, symbol -> fanOut.find(symbol).or(() -> writing.askOwner(symbol)), jdbi, calendar, clock);
        OpenOrderCount openOrders = new OpenOrderCount(instruments, board, market);
        FacadeClient toPortfolios = new FacadeClient(
                "portfolios", settings.portfolios(), foundation.http(), service.internalToken(), facadeMetrics);
        PortfoliosFacade portfolios = new HttpPortfoliosFacade(toPortfolios);
        Rejections rejections = new Rejections();
        Ordering ordering = new Ordering(
                jdbi,
                settings.placing(),
                instruments,
                calendar,
                market,
                openOrders,
                service.exposeSecrets() ? rejections : Screening.NONE,
                portfolios,
                outbox,
                feed,
                writing,
                new OrderMetrics(foundation.metrics()),
                foundation.groupCommits(),
                waits,
                clock);
        TradeQueries trades = new TradeQueries(jdbi);
        Stream stream = new Stream(
                settings.stream(),
                verifier,
                instruments,
                market,
                board,
                calendar,
                new ClientLog(jdbi),
                feed,
                fanOut,
                jdbi,
                ordering.cancels(),
                streamMetrics,
                clock);

        // Stopped in the opposite order: no new orders first, the leases last but one, and the pool after everything.
        environment.lifecycle().manage(waits);
        environment.lifecycle().manage(instruments);
        environment.lifecycle().manage(new BarFollower(jdbi, calendar));
        environment
                .lifecycle()
                .manage(new OutboxRelay(
                        jdbi, outbox, settings.outbox(), foundation.http(), service.internalToken(), clock));
        writing.manage(environment);
        environment.lifecycle().manage(openOrders);
        ordering.manage(environment);
        environment.lifecycle().manage(new OrderReporter(jdbi, instruments, outbox, feed, settings.reports(), clock));
        if (settings.simulation().clients() != null) {
            Simulation simulation = new Simulation(
                    jdbi,
                    settings.simulation(),
                    service.instanceId(),
                    instruments,
                    calendar,
                    market,
                    portfolios,
                    ordering,
                    rejections,
                    writing.leases(),
                    clock);
            simulation.manage(environment);
            if (service.exposeSecrets()) {
                simulation.letScriptsIn(environment);
            }
        }
        stream.manage(environment);
        environment.lifecycle().addServerLifecycleListener(server -> writing.leases()
                .begin(ownUrl(settings, server)));
        foundation.outboxes().watch(SERVICE, jdbi, environment);
        environment
                .healthChecks()
                .register(
                        SERVICE + "-portfolios",
                        new BreakerHealth(
                                toPortfolios, "the portfolios service cannot be reached; no order is placed"));
        environment.healthChecks().register(SERVICE + "-books", new BooksHealth(writing.leases(), instruments));

        environment.jersey().register(new MarketResource(instruments, market, calendar, clock));
        environment
                .jersey()
                .register(new InstrumentsResource(
                        instruments, settings.placing().limits().maximumNotional()));
        environment.jersey().register(new ExecutionsResource(trades, instruments));
        environment.jersey().register(new TradesResource(trades, instruments));
        environment.jersey().register(new OrderLogResource(trades, ordering.queries(), instruments));
        environment.jersey().register(new ReconciliationResource(new ReconcilableOrders(jdbi, instruments)));
    }

    private static DataSourceFactory withSessionOptions(DataSourceFactory database) {
        database.getProperties().merge("options", SESSION, (own, ours) -> ours + " " + own);
        return database;
    }

    private static URI ownUrl(OrdersSettings settings, Server server) {
        return settings.ownUrl().orElseGet(() -> URI.create("http://localhost:" + applicationPort(server)));
    }

    private static int applicationPort(Server server) {
        for (var connector : server.getConnectors()) {
            if (connector instanceof ServerConnector http && !"admin".equals(http.getName())) {
                return http.getLocalPort();
            }
        }
        throw new IllegalStateException("the service listens nowhere; set orders.advertisedUrl");
    }
}
