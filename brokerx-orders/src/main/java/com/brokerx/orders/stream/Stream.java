package com.brokerx.orders.stream;

import com.brokerx.commons.auth.TokenVerifier;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.order.CancelService;
import com.brokerx.orders.trade.ClientLog;
import com.brokerx.orders.trade.ExecutionFeed;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jdbi.v3.core.Jdbi;

/** The stream's parts, put together. */
public final class Stream {

    private final StreamSettings settings;
    private final MarketStream market;
    private final OrderStream orders;
    private final Connections connections;
    private final StreamServlet servlet;
    private final FanOut fanOut;
    private final DisconnectGuards guards;
    private final OverdueGuards overdue;

    /** @param verifier asked when the first token comes */
    public Stream(
            StreamSettings settings,
            Supplier<TokenVerifier> verifier,
            Instruments instruments,
            MarketData marketData,
            MarketBoard board,
            MarketCalendar calendar,
            ClientLog log,
            ExecutionFeed feed,
            FanOut fanOut,
            Jdbi jdbi,
            CancelService cancels,
            StreamMetrics metrics,
            InstantSource clock) {
        this.settings = settings;
        market = new MarketStream(settings, instruments, marketData, calendar, fanOut, metrics, clock);
        orders = new OrderStream(settings, log, instruments, metrics, clock);
        connections = new Connections(settings, metrics, clock);
        guards = new DisconnectGuards(jdbi, settings.cancelOnDisconnect(), instruments, metrics, clock);
        overdue = new OverdueGuards(jdbi, cancels, settings.cancelOnDisconnect(), metrics, clock);
        servlet = new StreamServlet(new StreamContext(
                settings, verifier, connections, new AllFeeds(instruments, market, orders), guards, metrics, clock));
        this.fanOut = fanOut;
        board.listen(market);
        feed.listen(orders::committed);
        feed.listen(fanOut::tell);
        fanOut.listen(new Hearing(market, orders));
    }

    /** Has everything started and stopped with the application, the connections first. */
    public void manage(Environment environment) {
        environment.lifecycle().manage(fanOut);
        environment.lifecycle().manage(market);
        environment.lifecycle().manage(orders);
        environment.lifecycle().manage(overdue);
        environment.lifecycle().manage(guards);
        environment.lifecycle().manage(connections);
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopping(LifeCycle server) {
                // Before the server ends the connections in words of its own.
                connections.leave();
            }
        });
        JettyWebSocketServletContainerInitializer.configure(
                environment.getApplicationContext(), (context, container) -> {
                    container.setMaxTextMessageSize(settings.messageSize().toBytes());
                    // Connections look after that themselves.
                    container.setIdleTimeout(Duration.ZERO);
                });
        environment.servlets().addServlet("stream", servlet).addMapping("/api/v1/stream", "/cable");
    }

    private record Hearing(MarketStream market, OrderStream orders) implements FanOut.Receiver {

        @Override
        public boolean wants(String symbol) {
            return market.hasReaders(symbol);
        }

        @Override
        public void receive(BookSnapshot book, List<TapeEntry> trades, Instant committedAt) {
            market.receive(book, trades, committedAt);
        }

        @Override
        public void grown(Map<UUID, Long> lastEntries) {
            orders.grown(lastEntries);
        }
    }

    private record AllFeeds(Instruments instruments, MarketStream market, OrderStream orders) implements Feeds {

        @Override
        public boolean isKnown(ChannelName channel) {
            return channel.isPrivate() || instruments.find(channel.symbol()).isPresent();
        }

        @Override
        public Subscription subscribe(ChannelName channel, Connection connection, OptionalLong after) {
            return channel.isPrivate() ? orders.subscribe(connection, after) : market.subscribe(channel, connection);
        }

        @Override
        public void resume(Connection connection) {
            market.resume(connection);
            orders.resume(connection);
        }
    }
}
